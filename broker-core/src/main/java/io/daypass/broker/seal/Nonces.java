package io.daypass.broker.seal;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random nonces, drawn many at a time: the generator's own cost a call is several times that of sealing a value. */
final class Nonces {
    private final RandomGenerator entropy;
    private final byte[] drawn = new byte[Aead.NONCE * 340];
    private int at = drawn.length;

    Nonces(RandomGenerator entropy) {
        this.entropy = entropy;
    }

    /** One that was not given before. */
    synchronized byte[] next() {
        if (at == drawn.length) {
            entropy.nextBytes(drawn);
            at = 0;
        }
        at += Aead.NONCE;
        return Arrays.copyOfRange(drawn, at - Aead.NONCE, at);
    }
}
