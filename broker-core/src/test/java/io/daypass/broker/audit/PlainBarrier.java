package io.daypass.broker.audit;

import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** MACs under a key that the test knows; {@code open} can change at any time, also in the middle of a line. */
final class PlainBarrier implements Barrier {
    static final byte[] KEY = "the audit key".getBytes(StandardCharsets.UTF_8);

    boolean open = true;
    int macsUntilSealed = Integer.MAX_VALUE;

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public byte[] mac(String purpose, byte[] data) {
        if (!open || !purpose.equals("audit") || macsUntilSealed-- <= 0) {
            throw new SealedException();
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Sealed seal(byte[] plain, String place) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] open(int keyVersion, Bytes sealed, String place) {
        throw new UnsupportedOperationException();
    }
}
