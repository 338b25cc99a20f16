package io.daypass.engine.ssh.authority;

import io.daypass.plugin.Doc;
import java.time.Instant;
import java.util.List;

/** The CA as it is shown. */
record CaShown(
        @Doc("The key that signs, as in a .pub file") String publicKey,
        @Doc("All keys, the one that signs first") List<Key> keys) {
    /** One key. */
    record Key(
            @Doc("What it is called here: part of its fingerprint")
            String name,

            @Doc(
                    "active: signs; next: trusted, waits; previous: trusted, signs no more; retired: on the revocation list alone")
            String state,

            @Doc("As in a .pub file") String publicKey,
            @Doc("As ssh-keygen -l shows it") String fingerprint,
            @Doc("When it was made or imported") Instant createdAt) {}
}
