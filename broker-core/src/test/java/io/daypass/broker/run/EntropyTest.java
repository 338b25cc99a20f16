package io.daypass.broker.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntropyTest {
    private static final int MANY = 20_000;

    private final Entropy entropy = new Entropy();

    @Test
    void nothing_isHandedOutTwice() {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            assertTrue(seen.add(entropy.nextLong()));
            byte[] eight = new byte[Long.BYTES];
            entropy.nextBytes(eight);
            assertTrue(seen.add(ByteBuffer.wrap(eight).getLong()));
        }
    }

    @Test
    void anyLength_isFilled_toItsLastByte() {
        for (int length : new int[] {0, 1, 7, 1_023, 1_024, 1_025, 5_000}) {
            BitSet filled = new BitSet();
            byte[] bytes = new byte[length];
            // A byte stays zero in all of 40 draws once in 2^320.
            for (int draw = 0; draw < 40; draw++) {
                entropy.nextBytes(bytes);
                for (int i = 0; i < length; i++) {
                    filled.set(i, filled.get(i) || bytes[i] != 0);
                }
            }
            assertEquals(length, filled.cardinality());
        }
    }
}
