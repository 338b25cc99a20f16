package io.daypass.engine.ssh.krl;

import io.daypass.engine.ssh.authority.Authority;
import io.daypass.engine.ssh.ca.CaKey;
import io.daypass.engine.ssh.ca.SignatureAlgorithm;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Revoked;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The revocation list of a mount, plain and signed: what was ended before its time and isn't over yet, under each key of
 * the CA. Serials are the mount's, not a key's, so that every key has the same ones.
 */
public final class RevocationLists {
    private static final String TYPE = "application/octet-stream";
    private static final String COMMENT = "daypass";

    private final Mount mount;
    private final Authority authority;
    private final Revoked revoked;
    private final AtomicReference<Stamp> newest = new AtomicReference<>(new Stamp(-1, Instant.EPOCH));

    /** When a version was first seen here: making a list again must not change its bytes. */
    private record Stamp(long version, Instant at) {}

    private RevocationLists(Mount mount, Authority authority, Revoked revoked) {
        this.mount = mount;
        this.authority = authority;
        this.revoked = revoked;
    }

    /** Declares {@code krl} and {@code krl/signed}. */
    public static void declare(Mount mount, Authority authority, Revoked revoked) {
        RevocationLists lists = new RevocationLists(mount, authority, revoked);
        mount.document(
                "krl", TYPE, (call, deadline) -> Optional.of(lists.list().toBytes()), revoked, authority.watched());
        mount.document("krl/signed", TYPE, (call, deadline) -> lists.signed(), revoked, authority.watched());
    }

    private KrlWriter list() {
        // Before the serials: a list is never newer than its version says.
        long version = revoked.version();
        Instant now = mount.clock().instant();
        Stamp stamp = newest.updateAndGet(last -> last.version() == version ? last : new Stamp(version, now));
        long[] serials = revoked.serials();
        KrlWriter list = new KrlWriter(version, stamp.at(), COMMENT);
        authority.all().forEach(key -> list.revoke(key, Arrays.stream(serials).iterator()));
        return list;
    }

    private Optional<byte[]> signed() {
        return authority.active().map(name -> {
            CaKey key = authority.key(name);
            return list().signed(key, SignatureAlgorithm.of(key.publicKey().kind(), ""));
        });
    }
}
