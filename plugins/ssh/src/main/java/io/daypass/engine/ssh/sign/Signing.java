package io.daypass.engine.ssh.sign;

import io.daypass.engine.ssh.DrawnRandom;
import io.daypass.engine.ssh.authority.Authority;
import io.daypass.engine.ssh.ca.SignatureAlgorithm;
import io.daypass.engine.ssh.cert.Certificate;
import io.daypass.engine.ssh.cert.CertificateContents;
import io.daypass.engine.ssh.cert.CertificateWriter;
import io.daypass.engine.ssh.key.CheckedKeys;
import io.daypass.engine.ssh.key.KeyGenerator;
import io.daypass.engine.ssh.key.PrivateKeyText;
import io.daypass.engine.ssh.key.PublicKeyReader;
import io.daypass.engine.ssh.key.SshKeyPair;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.role.KeyLengths;
import io.daypass.engine.ssh.role.Role;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Request;
import io.daypass.plugin.Table;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Drafts certificates. All that a certificate says is fixed in its draft; the mint signs it, and reads it back. */
public final class Signing {

    private final Table<Role> roles;
    private final Authority authority;
    private final CheckedKeys keys = new CheckedKeys(new PublicKeyReader("public_key"));

    private Signing(Table<Role> roles, Authority authority) {
        this.roles = roles;
        this.authority = authority;
    }

    /** Declares the kind of lease and its paths. */
    public static Leases<Certified> declare(Mount mount, Table<Role> roles, Authority authority) {
        Signing signing = new Signing(roles, authority);
        return mount.leases("certificate", Certified.class)
                .withoutEffect()
                .listed(Certified::serial, Certified::over)
                .issuer(certified -> authority.publicKey(certified.authority()).fingerprint())
                .endingWarns(
                        certified -> Optional.of(
                                "hosts refuse it once they have fetched the revocation list; sessions that are open stay open, unless"
                                        + " you end them: by hosts/{host}/end-sessions, where the broker holds a login to the host"))
                .issue("sign/{role}", Wanted.Sign.class, Answers.Signed.class, signing::sign)
                .issue("issue/{role}", Wanted.Issue.class, Answers.Issued.class, signing::issue);
    }

    private Draft<Certified, Answers.Signed> sign(Request request, Wanted.Sign params) {
        Role role = role(request);
        SshPublicKey key = keys.read(params.publicKey());
        return draft(
                request,
                role,
                params.wanted(),
                key,
                certificate -> new Answers.Signed(serial(certificate.contents().serial()), certificate.line() + "\n"));
    }

    private Draft<Certified, Answers.Issued> issue(Request request, Wanted.Issue params) {
        Role role = role(request);
        if (KeyGenerator.isRsa(params.keyType())) {
            throw new Invalid("key_type", "RSA keys take too long to make here; make one with ssh-keygen, and sign it");
        }
        SshKeyPair pair = new KeyGenerator(random(request)).generate(params.keyType(), params.keyBits());
        int check = ByteBuffer.wrap(request.random(Integer.BYTES)).getInt();
        return draft(
                request,
                role,
                params.wanted(),
                pair.publicKey(),
                certificate -> new Answers.Issued(
                        serial(certificate.contents().serial()),
                        certificate.line() + "\n",
                        PrivateKeyText.write(pair, check, ""),
                        pair.publicKey().kind().family()));
    }

    private static SecureRandom random(Request request) {
        return DrawnRandom.of(request::random);
    }

    private Role role(Request request) {
        Role role = roles.named(request.at("role"));
        if (!role.keyType().equals(Role.CA)) {
            throw new Invalid("role", "isn't one of certificates: its key_type is " + role.keyType());
        }
        return role;
    }

    private <A extends Record> Draft<Certified, A> draft(
            Request request, Role role, Wanted wanted, SshPublicKey key, Function<Certificate, A> answer) {
        String ca = authority.required();
        KeyLengths.check("public_key", role.allowedUserKeyLengths(), key);
        SignatureAlgorithm algorithm =
                SignatureAlgorithm.of(authority.publicKey(ca).kind(), role.algorithmSigner());
        Lifetime lifetime = request.lifetime(role.ttl(), role.maxTtl()).fixed();
        Allowance allowance = Allowance.of(role, request, key, lifetime);
        Contents contents = allowance.contents(wanted);
        byte[] nonce = request.random(CertificateWriter.NONCE_BYTES);
        CertificateContents all = contents.withSerial(request.serial());
        Certified handle = new Certified(
                all.serial(),
                all.type().text(),
                all.keyId(),
                List.copyOf(all.principals()),
                key.fingerprint(),
                ca,
                all.validBefore());
        Draft<Certified, A> draft = Draft.of(handle, lifetime, deadline -> {
            byte[] blob = CertificateWriter.sign(key, all, nonce, authority.key(ca), algorithm);
            return answer.apply(allowance.readBack(blob, key, all, authority.publicKey(ca)));
        });
        return algorithm.name().startsWith("RSA") ? draft.slowly() : draft;
    }

    private static String serial(long serial) {
        return String.format("%016x", serial);
    }
}
