package io.daypass.broker.mount;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Stands for an issuer in a row: the first 8 bytes of the SHA-256 of its name. Issuers are few, and their names hashes or
 * as good as that, so two of them are told apart.
 */
public final class IssuerMark {
    private IssuerMark() {}

    /**
     * The mark of an issuer.
     *
     * @param name as targets tell it; empty: there is none
     * @return 0 if there is none
     */
    public static long of(String name) {
        if (name.isEmpty()) {
            return 0;
        }
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(hash.digest(name.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
