package io.daypass.broker.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Mac;

/** The second half of HKDF with SHA-256 (RFC 5869): many keys from one that is uniformly random. */
final class Hkdf {
    private static final String NAME = "HmacSHA256";

    /** Copied for each use: a copy costs a tenth of what looking the algorithm up does, and keeps no key afterwards. */
    private static final Mac BLANK = blank();

    private Hkdf() {}

    /** The step "expand", for 32 bytes of output. */
    static byte[] expand(Key pseudoRandomKey, byte[] info) {
        byte[] block = new byte[info.length + 1];
        System.arraycopy(info, 0, block, 0, info.length);
        block[info.length] = 1;
        return hmac(pseudoRandomKey, block);
    }

    /** A key for that purpose from a uniformly random one, which needs no extraction (RFC 5869, 3.3). */
    static RawKey derive(RawKey root, String purpose) {
        return RawKey.of(expand(root, ("daypass/mac/" + purpose).getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] hmac(Key key, byte[] data) {
        try {
            Mac mac = (Mac) BLANK.clone();
            mac.init(key);
            return mac.doFinal(data);
        } catch (CloneNotSupportedException | GeneralSecurityException e) {
            throw new IllegalStateException(NAME + " is not to be had here", e);
        }
    }

    private static Mac blank() {
        try {
            // Of a named provider, since one that is still to be chosen by its key has nothing to be copied yet.
            return Mac.getInstance(NAME, Mac.getInstance(NAME).getProvider());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(NAME + " is not to be had here", e);
        }
    }
}
