package io.daypass.engine.hmac;

import io.daypass.plugin.Secret;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC (RFC 2104) with a hash of SHA-2. */
enum Algorithm {
    SHA256("HmacSHA256", "HS256", 256),
    SHA384("HmacSHA384", "HS384", 384),
    SHA512("HmacSHA512", "HS512", 512);

    private final String jdk;
    private final String jwa;
    private final int bits;

    Algorithm(String jdk, String jwa, int bits) {
        this.jdk = jdk;
        this.jwa = jwa;
        this.bits = bits;
    }

    /** Its name in JSON Web Algorithms (RFC 7518, section 3.2). */
    String jwa() {
        return jwa;
    }

    /** The bits of its hash, which a key must have at least (RFC 7518, section 3.2). */
    int bits() {
        return bits;
    }

    /** The code of an input under a key. */
    byte[] code(Secret key, byte[] input) {
        try {
            Mac mac = Mac.getInstance(jdk);
            mac.init(new SecretKeySpec(key.revealBase64(), jdk));
            return mac.doFinal(input);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + jdk, e);
        }
    }

    /** Whether a code is that of an input under a key; takes as long whatever the answer. */
    boolean isCode(Secret key, byte[] input, byte[] code) {
        return MessageDigest.isEqual(code(key, input), code);
    }
}
