package io.daypass.engine.ssh.sign;

import io.daypass.engine.ssh.cert.Certificate;
import io.daypass.engine.ssh.cert.CertificateContents;
import io.daypass.engine.ssh.cert.CertificateReader;
import io.daypass.engine.ssh.cert.CertificateType;
import io.daypass.engine.ssh.key.KeyKind;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.role.Names;
import io.daypass.engine.ssh.role.Options;
import io.daypass.engine.ssh.role.Principals;
import io.daypass.engine.ssh.role.Role;
import io.daypass.engine.ssh.role.Template;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;

/**
 * What one request may get from one role. The same rules are asked twice: of what is wanted, and, once it is signed, of
 * what the certificate's bytes say. The second time they can only be broken by a bug, which then signs nothing that leaves.
 */
final class Allowance {
    private final Role role;
    private final Principals principals;
    private final Options options;
    private final Map<String, String> keyIdValues;
    private final Instant from;
    private final Instant until;

    private Allowance(
            Role role, Map<String, String> values, Map<String, String> keyIdValues, Instant from, Instant until) {
        this.role = role;
        this.principals = new Principals(role, values);
        this.options = new Options(role, values);
        this.keyIdValues = keyIdValues;
        this.from = from;
        this.until = until;
    }

    static Allowance of(Role role, Request request, SshPublicKey key, Lifetime lifetime) {
        String name = request.displayName();
        Map<String, String> keyIdValues = Map.of(
                "token_display_name",
                name,
                "role_name",
                request.at("role"),
                "public_key_hash",
                HexFormat.of().formatHex(key.sha256()));
        Instant from = request.now().minus(role.notBeforeDuration()).truncatedTo(ChronoUnit.SECONDS);
        Instant until = lifetime.expiresAt().truncatedTo(ChronoUnit.SECONDS);
        if (from.isBefore(Instant.EPOCH)) {
            throw new IllegalStateException("the clock stands before 1970");
        }
        return new Allowance(role, Map.of("token_display_name", name), keyIdValues, from, until);
    }

    /** @throws Invalid naming what the role doesn't allow */
    Contents contents(Wanted wanted) {
        CertificateType type = type(wanted.certType());
        return new Contents(
                type,
                keyId(wanted.keyId()),
                principals.of(type, wanted.validPrincipals()),
                from,
                until,
                options.critical(type, wanted.criticalOptions()),
                options.extensions(type, wanted.extensions()));
    }

    private CertificateType type(String wanted) {
        CertificateType type = switch (wanted) {
            case "user" -> CertificateType.USER;
            case "host" -> CertificateType.HOST;
            default -> throw new Invalid("cert_type", "must be user or host");
        };
        check(type);
        return type;
    }

    private void check(CertificateType type) {
        boolean allowed = type == CertificateType.USER ? role.allowUserCertificates() : role.allowHostCertificates();
        if (!allowed) {
            throw new Invalid("cert_type", "the role allows no certificates for " + type.text() + "s");
        }
    }

    private String keyId(String wanted) {
        if (!wanted.isEmpty() && !role.allowUserKeyIds()) {
            throw new Invalid("key_id", "the role lets none be asked for: it is made by its key_id_format");
        }
        String id = wanted.isEmpty() ? Template.render("key_id_format", role.keyIdFormat(), keyIdValues) : wanted;
        Names.keyId("key_id", id);
        return id;
    }

    /**
     * Reads what was signed, and holds it against the role and against what was meant.
     *
     * @throws IllegalStateException if it isn't that
     */
    Certificate readBack(byte[] blob, SshPublicKey key, CertificateContents meant, SshPublicKey ca) {
        try {
            Certificate certificate = CertificateReader.read(blob, key, ca);
            CertificateContents contents = certificate.contents();
            boolean same = contents.equals(meant)
                    && certificate.key().equals(key)
                    && certificate.caKey().equals(ca)
                    && isSigned(certificate);
            if (!same) {
                throw new IllegalStateException("the signed certificate isn't what was meant");
            }
            check(contents);
            return certificate;
        } catch (Invalid e) {
            throw new IllegalStateException("the signed certificate says what the role doesn't allow", e);
        }
    }

    /**
     * A faulty RSA signature gives away the CA's key, a faulty one of ECDSA may. Of Ed25519, whose keys prove themselves as
     * they are loaded, each would cost twice what signing does, and protect nothing.
     */
    private static boolean isSigned(Certificate certificate) {
        return certificate.caKey().kind() == KeyKind.ED25519 || certificate.isSigned();
    }

    private void check(CertificateContents contents) {
        check(contents.type());
        principals.check(contents.type(), contents.principals());
        Names.keyId("key_id", contents.keyId());
        if (contents.type() == CertificateType.USER) {
            options.checkCritical(contents.criticalOptions());
            options.checkExtensions(contents.extensions());
        } else if (!contents.criticalOptions().isEmpty()
                || !contents.extensions().isEmpty()) {
            throw new Invalid("critical_options", "there are none in certificates of hosts");
        }
        if (contents.serial() <= 0
                || contents.validAfter().isBefore(from)
                || contents.validBefore().isAfter(until)) {
            throw new Invalid("ttl", "is longer than the role allows");
        }
    }
}
