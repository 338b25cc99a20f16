package io.daypass.benchmarks.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Ed25519 keys, in the texts that people hand to the broker. */
final class SshKeys {
    private static final String KIND = "ssh-ed25519";
    private static final int KEY_BYTES = 32;

    private SshKeys() {}

    static KeyPair make() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has Ed25519 from 15 on", e);
        }
    }

    /** As in a {@code .pub} file. */
    static String line(KeyPair pair) {
        // The encoding of X.509 ends with the key itself (RFC 8410, section 4).
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] kind = KIND.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer blob = ByteBuffer.allocate(Integer.BYTES + kind.length + Integer.BYTES + KEY_BYTES)
                .putInt(kind.length)
                .put(kind)
                .putInt(KEY_BYTES)
                .put(encoded, encoded.length - KEY_BYTES, KEY_BYTES);
        return KIND + " " + Base64.getEncoder().encodeToString(blob.array());
    }

    /** As PKCS#8. */
    static String privateKey(KeyPair pair) {
        String text = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    }
}
