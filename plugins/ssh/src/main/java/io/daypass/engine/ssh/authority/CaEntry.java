package io.daypass.engine.ssh.authority;

import io.daypass.engine.ssh.key.PublicKeyReader;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Secret;
import java.time.Instant;
import java.util.Optional;

/** One CA key as it is stored, sealed. The newest that was put to work signs. */
record CaEntry(
        @Doc("As in a .pub file") String publicKey,
        @Doc("In OpenSSH's format; none once it is retired") Optional<Secret> privateKey,
        @Doc("When it was made or imported") Instant createdAt,

        @Doc("When it was put to work; none yet: it is trusted and waits")
        Optional<Instant> signsSince) {
    SshPublicKey key() {
        return new PublicKeyReader("public_key").read(publicKey);
    }

    boolean isRetired() {
        return privateKey.isEmpty();
    }

    CaEntry signingSince(Instant now) {
        return new CaEntry(publicKey, privateKey, createdAt, Optional.of(now));
    }

    CaEntry retired() {
        return new CaEntry(publicKey, Optional.empty(), createdAt, signsSince);
    }
}
