package io.daypass.engine.hmac;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The keys of roles that are good for something: the shared ones of the role's entry, the others of leases. */
final class Keys {
    /** The ids of keys that leases have for their own begin so; the lease's number follows. */
    private static final String OWN = "k";

    private static final int NUMBER_RADIX = 36;

    /** So many bytes are hashed at most to find out which key it was: some 50 ms. */
    private static final long MOST_HASHED = 16 << 20;

    private final Mount mount;
    private final Table<Role> roles;
    private final Leases<Held> leases;

    Keys(Mount mount, Table<Role> roles, Leases<Held> leases) {
        this.mount = mount;
        this.roles = roles;
        this.leases = leases;
    }

    /** The id of the key of a lease. */
    static String ownId(long number) {
        return OWN + Long.toString(number, NUMBER_RADIX);
    }

    Optional<Answers.Keyset> keyset(String name) {
        return roles.find(name).map(role -> {
            List<Answers.Jwk> jwks = new ArrayList<>();
            all(name, role, mount.clock().instant(), (key, shared) -> jwks.add(Answers.Jwk.of(key, shared)));
            return new Answers.Keyset(jwks, role.sessionTtl().toSeconds());
        });
    }

    Optional<Answers.Listed> listed(String name) {
        return roles.find(name).map(role -> {
            Instant now = mount.clock().instant();
            List<Answers.Shown> shown = new ArrayList<>();
            all(name, role, now, (key, shared) -> shown.add(Answers.Shown.of(key, shared, now)));
            return new Answers.Listed(shown);
        });
    }

    Answers.Signed sign(String name, Answers.ToSign asked) {
        Role role = roles.named(name);
        byte[] input = bytes("input", asked.input());
        Instant now = mount.clock().instant();
        Key key = asked.keyId().isPresent()
                ? find(name, role, asked.keyId().get(), now)
                        .orElseThrow(() -> new Invalid("key_id", "the role has no such key, or has no more"))
                : role.sharedKeys()
                        .current(now)
                        .orElseThrow(() -> new Invalid(
                                "key_id", "is required: the role's keys are not shared, so none signs for all"));
        boolean signsForAll = role.sharedKeys().current(now).filter(key::equals).isPresent();
        if (!signsForAll && key.state(now) != Key.State.CURRENT) {
            throw new Invalid("key_id", "this key does not sign now");
        }
        byte[] code = key.algorithm().code(key.key(), input);
        return new Answers.Signed(Base64.getEncoder().encodeToString(code), key.id(), Answers.name(key));
    }

    Answers.Verified verify(String name, Answers.ToVerify asked) {
        Role role = roles.named(name);
        Instant now = mount.clock().instant();
        byte[] input = bytes("input", asked.input());
        byte[] code = bytes("hmac", asked.hmac());
        if (asked.keyId().isPresent()) {
            return new Answers.Verified(find(name, role, asked.keyId().get(), now)
                    .filter(key -> key.algorithm().isCode(key.key(), input, code))
                    .isPresent());
        }
        boolean[] valid = new boolean[1];
        long[] hashed = new long[1];
        all(name, role, now, (key, shared) -> {
            hashed[0] += input.length;
            if (hashed[0] > MOST_HASHED) {
                throw new Invalid("key_id", "is required: the role has many keys, and the input is long");
            }
            valid[0] |= key.algorithm().isCode(key.key(), input, code);
        });
        return new Answers.Verified(valid[0]);
    }

    private Optional<Key> find(String name, Role role, String id, Instant now) {
        Optional<Key> shared = role.sharedKeys().find(id, now);
        return shared.isPresent() ? shared : own(id).filter(key -> key.role().equals(name) && isGood(key, now));
    }

    private Optional<Key> own(String id) {
        try {
            return id.startsWith(OWN)
                    ? leases.find(Long.parseLong(id.substring(OWN.length()), NUMBER_RADIX))
                            .flatMap(Held::own)
                            .filter(key -> key.id().equals(id))
                    : Optional.empty();
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    private void all(String name, Role role, Instant now, Each each) {
        role.sharedKeys().without(now).keys().forEach(key -> each.key(key, true));
        leases.each(
                "creds/" + name,
                held -> held.own().filter(key -> isGood(key, now)).ifPresent(key -> each.key(key, false)));
    }

    private static boolean isGood(Key key, Instant now) {
        return key.state(now) != Key.State.GONE;
    }

    private static byte[] bytes(String field, Secret text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.reveal());
            // One text for the same bytes, or whoever keeps a list of codes that it has seen could be told another one.
            if (Base64.getEncoder().encodeToString(bytes).equals(text.reveal())) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new Invalid(field, "must be base64 (RFC 4648, section 4)");
        }
        throw new Invalid(field, "must be base64 as it is written (RFC 4648, section 4): with its padding");
    }

    /** Looks at a key. */
    @FunctionalInterface
    private interface Each {
        void key(Key key, boolean shared);
    }
}
