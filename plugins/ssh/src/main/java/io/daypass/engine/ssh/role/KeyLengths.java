package io.daypass.engine.ssh.role;

import io.daypass.engine.ssh.key.KeyKind;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.plugin.Invalid;
import java.util.List;
import java.util.Map;

/** The kinds of keys that a role takes, and their lengths. */
public final class KeyLengths {
    private static final String ROLE_FIELD = "allowed_user_key_lengths";

    private KeyLengths() {}

    /**
     * Refuses a key of a kind or a length that a role doesn't take.
     *
     * @param lengths as in the role; empty: everything
     */
    public static void check(String field, Map<String, List<Integer>> lengths, SshPublicKey key) {
        if (lengths.isEmpty()) {
            return;
        }
        boolean taken = lengths.entrySet().stream()
                .filter(entry -> names(entry.getKey(), key.kind()))
                .anyMatch(entry ->
                        entry.getValue().contains(0) || entry.getValue().contains(key.bits()));
        if (!taken) {
            throw new Invalid(
                    field,
                    "is " + key.kind().family() + " of " + key.bits() + " bits, which the role's " + ROLE_FIELD
                            + " doesn't name");
        }
    }

    /** Refuses what names no kind of key. */
    static void check(Map<String, List<Integer>> lengths) {
        lengths.forEach((name, bits) -> {
            boolean known = false;
            for (KeyKind kind : KeyKind.values()) {
                known |= names(name, kind);
            }
            if (!known) {
                throw new Invalid(
                        ROLE_FIELD, "names a kind of key that isn't ed25519, ecdsa, rsa, ed25519-sk or ecdsa-sk");
            }
            if (bits.isEmpty()) {
                throw new Invalid(ROLE_FIELD, name + " needs a length; 0: any");
            }
        });
    }

    private static boolean names(String name, KeyKind kind) {
        return name.equals(kind.family())
                || name.equals(kind.wireName())
                || (name.equals("ec") && kind.family().equals("ecdsa"));
    }
}
