package io.daypass.engine.ssh.key;

import java.util.Optional;

/** The kinds of keys that OpenSSH still takes, by their names on the wire (RFC 4253, 5656, 8709; PROTOCOL.u2f). */
public enum KeyKind {
    /** Ed25519. */
    ED25519("ssh-ed25519", "ed25519", ""),
    /** ECDSA over P-256. */
    ECDSA_256("ecdsa-sha2-nistp256", "ecdsa", "nistp256"),
    /** ECDSA over P-384. */
    ECDSA_384("ecdsa-sha2-nistp384", "ecdsa", "nistp384"),
    /** ECDSA over P-521. */
    ECDSA_521("ecdsa-sha2-nistp521", "ecdsa", "nistp521"),
    /** RSA. */
    RSA("ssh-rsa", "rsa", ""),
    /** Ed25519 in a FIDO authenticator. */
    SK_ED25519("sk-ssh-ed25519@openssh.com", "ed25519-sk", ""),
    /** ECDSA over P-256 in a FIDO authenticator. */
    SK_ECDSA("sk-ecdsa-sha2-nistp256@openssh.com", "ecdsa-sk", "nistp256");

    private static final String SUFFIX = "@openssh.com";
    private static final String CERTIFICATE = "-cert-v01@openssh.com";

    private final String wireName;
    private final String family;
    private final String curve;

    KeyKind(String wireName, String family, String curve) {
        this.wireName = wireName;
        this.family = family;
        this.curve = curve;
    }

    /** The name in front of a public key. */
    public String wireName() {
        return wireName;
    }

    /** What {@code ssh-keygen -t} calls it: {@code ed25519}, {@code ecdsa}, {@code rsa}, {@code ed25519-sk}, {@code ecdsa-sk}. */
    public String family() {
        return family;
    }

    /** The curve's name on the wire; empty where the kind has only one, or none. */
    public String curve() {
        return curve;
    }

    /** The name in front of a certificate for such a key. */
    public String certificateName() {
        String base = wireName.endsWith(SUFFIX) ? wireName.substring(0, wireName.length() - SUFFIX.length()) : wireName;
        return base + CERTIFICATE;
    }

    /** The kind of that name on the wire. */
    public static Optional<KeyKind> ofWireName(String name) {
        for (KeyKind each : values()) {
            if (each.wireName.equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The kind of key that certificates of that name are for. */
    public static Optional<KeyKind> ofCertificateName(String name) {
        for (KeyKind each : values()) {
            if (each.certificateName().equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
