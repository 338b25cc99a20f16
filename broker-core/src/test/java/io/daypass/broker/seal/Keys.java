package io.daypass.broker.seal;

import java.util.random.RandomGenerator;

/** Barriers that are open, for tests. */
public final class Keys {
    private Keys() {}

    /** A barrier with a keyring of its own. */
    public static KeyringBarrier open(RandomGenerator entropy) {
        KeyringBarrier barrier = new KeyringBarrier(entropy);
        barrier.open(Keyring.fresh(entropy));
        return barrier;
    }
}
