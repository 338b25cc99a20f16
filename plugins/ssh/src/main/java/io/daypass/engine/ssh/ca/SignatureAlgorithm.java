package io.daypass.engine.ssh.ca;

import io.daypass.engine.ssh.key.KeyKind;
import io.daypass.plugin.Invalid;
import java.util.Optional;

/** How a certificate is signed. The one with SHA-1, {@code ssh-rsa}, is left out: OpenSSH refuses it since 8.2. */
public enum SignatureAlgorithm {
    /** RFC 8709. */
    ED25519("ssh-ed25519"),
    /** RFC 5656, with SHA-256. */
    ECDSA_256("ecdsa-sha2-nistp256"),
    /** RFC 5656, with SHA-384. */
    ECDSA_384("ecdsa-sha2-nistp384"),
    /** RFC 5656, with SHA-512. */
    ECDSA_521("ecdsa-sha2-nistp521"),
    /** RFC 8332. */
    RSA_SHA2_256("rsa-sha2-256"),
    /** RFC 8332. */
    RSA_SHA2_512("rsa-sha2-512");

    private final String wireName;

    SignatureAlgorithm(String wireName) {
        this.wireName = wireName;
    }

    /** Its name in front of a signature. */
    public String wireName() {
        return wireName;
    }

    /** The algorithm of that name. */
    public static Optional<SignatureAlgorithm> ofWireName(String name) {
        for (SignatureAlgorithm each : values()) {
            if (each.wireName.equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /**
     * What a key of that kind signs with.
     *
     * @param wanted {@code rsa-sha2-256} or {@code rsa-sha2-512}, heeded by RSA keys; {@code default} or empty: the usual
     * @throws Invalid naming {@code algorithm_signer}
     */
    public static SignatureAlgorithm of(KeyKind kind, String wanted) {
        if (wanted.equals("ssh-rsa")) {
            throw new Invalid("algorithm_signer", "ssh-rsa signs with SHA-1, which sshd refuses; use rsa-sha2-512");
        }
        boolean known = wanted.isEmpty()
                || wanted.equals("default")
                || wanted.equals(RSA_SHA2_256.wireName)
                || wanted.equals(RSA_SHA2_512.wireName);
        if (!known) {
            throw new Invalid("algorithm_signer", "must be default, rsa-sha2-256 or rsa-sha2-512");
        }
        return switch (kind) {
            case ED25519 -> ED25519;
            case ECDSA_256 -> ECDSA_256;
            case ECDSA_384 -> ECDSA_384;
            case ECDSA_521 -> ECDSA_521;
            case RSA -> wanted.equals(RSA_SHA2_256.wireName) ? RSA_SHA2_256 : RSA_SHA2_512;
            case SK_ED25519, SK_ECDSA ->
                throw new IllegalArgumentException("a key in an authenticator signs nothing here");
        };
    }

    /** Whether a key of that kind makes such signatures. */
    boolean isOf(KeyKind kind) {
        return switch (this) {
            case ED25519 -> kind == KeyKind.ED25519;
            case ECDSA_256 -> kind == KeyKind.ECDSA_256;
            case ECDSA_384 -> kind == KeyKind.ECDSA_384;
            case ECDSA_521 -> kind == KeyKind.ECDSA_521;
            case RSA_SHA2_256, RSA_SHA2_512 -> kind == KeyKind.RSA;
        };
    }
}
