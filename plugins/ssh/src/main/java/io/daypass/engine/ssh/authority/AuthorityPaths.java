package io.daypass.engine.ssh.authority;

import io.daypass.engine.ssh.DrawnRandom;
import io.daypass.engine.ssh.key.KeyGenerator;
import io.daypass.engine.ssh.key.PrivateKeyText;
import io.daypass.engine.ssh.key.PublicKeyReader;
import io.daypass.engine.ssh.key.SshKeyPair;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Mount;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** The paths at which an operator makes, imports, changes and retires the keys of the CA. */
public final class AuthorityPaths {
    private static final int SHORTEST_RSA = 3_072;

    private final Mount mount;
    private final Authority authority;

    /** Which key. */
    record Named(
            @Doc("As config/ca shows it; left out: the one that waits") @Default("")
            String name) {}

    private AuthorityPaths(Mount mount, Authority authority) {
        this.mount = mount;
        this.authority = authority;
    }

    /** Declares them. */
    public static void declare(Mount mount, Authority authority) {
        AuthorityPaths paths = new AuthorityPaths(mount, authority);
        mount.action("config/ca", CaParams.class, CaShown.class, (call, params, deadline) -> paths.first(params));
        mount.read("config/ca", CaShown.class, (call, deadline) -> authority.shown());
        mount.remove("config/ca", (call, deadline) -> authority.retireAll());
        mount.action("config/ca/next", CaParams.class, CaShown.class, (call, params, deadline) -> paths.next(params));
        mount.action("config/ca/rotate", Named.class, CaShown.class, (call, named, deadline) -> paths.rotate(named));
        mount.action("config/ca/retire", Named.class, CaShown.class, (call, named, deadline) -> paths.retire(named));
        mount.remove("config/ca/keys/{key}", (call, deadline) -> authority.forget(call.at("key")));
        mount.document("public_key", "text/plain", (call, deadline) -> paths.publicKey(), authority.watched());
    }

    private CaShown first(CaParams params) {
        if (authority.active().isPresent()) {
            throw new Invalid(
                    "config/ca",
                    "there is a CA key already; add another at config/ca/next and change to it by config/ca/rotate,"
                            + " or delete config/ca");
        }
        Instant now = mount.clock().instant();
        add(params, now, Optional.of(now));
        return shown();
    }

    private CaShown next(CaParams params) {
        authority.required();
        add(params, mount.clock().instant(), Optional.empty());
        return shown();
    }

    private CaShown rotate(Named named) {
        authority.activate(
                named.name().isEmpty() ? authority.waiting() : named.name(),
                mount.clock().instant());
        return shown();
    }

    private CaShown retire(Named named) {
        if (named.name().isEmpty()) {
            throw new Invalid("name", "is required");
        }
        if (authority.required().equals(named.name())) {
            throw new Invalid("name", "this key signs; change to another by config/ca/rotate, or delete config/ca");
        }
        authority.retire(named.name());
        return shown();
    }

    private CaShown shown() {
        return authority.shown().orElseThrow();
    }

    private void add(CaParams params, Instant now, Optional<Instant> signsSince) {
        SshKeyPair pair = params.privateKey().isEmpty() ? made(params) : imported(params);
        if (pair.publicKey().kind().family().equals("rsa") && pair.publicKey().bits() < SHORTEST_RSA) {
            throw new Invalid(
                    params.privateKey().isEmpty() ? "key_bits" : "private_key",
                    "a CA of RSA must be of " + SHORTEST_RSA + " bits or more");
        }
        authority.add(pair, ByteBuffer.wrap(mount.random(Integer.BYTES)).getInt(), now, signsSince);
    }

    private SshKeyPair made(CaParams params) {
        if (!params.generateSigningKey()) {
            throw new Invalid("private_key", "is required where generate_signing_key is false");
        }
        return new KeyGenerator(DrawnRandom.of(mount::random)).generate(params.keyType(), params.keyBits());
    }

    private static SshKeyPair imported(CaParams params) {
        SshKeyPair pair = PrivateKeyText.read("private_key", params.privateKey(), params.passphrase());
        if (!params.publicKey().isEmpty()) {
            SshPublicKey stated = new PublicKeyReader("public_key").read(params.publicKey());
            if (!stated.equals(pair.publicKey())) {
                throw new Invalid("public_key", "isn't the public half of private_key");
            }
        }
        return pair;
    }

    private Optional<byte[]> publicKey() {
        String lines =
                authority.trusted().stream().map(key -> key.line() + "\n").collect(Collectors.joining());
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getBytes(StandardCharsets.US_ASCII));
    }
}
