package io.daypass.engine.ssh.krl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.Seeded;
import io.daypass.engine.ssh.key.SshPublicKey;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KrlWriterTest {
    private static final SshPublicKey CA = Seeded.pair("ed25519", 0, 21).publicKey();

    private static int size(LongStream serials) {
        return new KrlWriter(1, Instant.EPOCH, "")
                .revoke(CA, serials.iterator())
                .toBytes()
                .length;
    }

    @Test
    void size_ofARun_isTiny() {
        assertTrue(size(LongStream.rangeClosed(5_000_000, 5_099_999)) < 256);
    }

    @Test
    void size_ofARunWithHoles_isTinyToo() {
        assertTrue(size(LongStream.range(1, 100_000).filter(n -> n % 10_000 != 0)) < 1_024);
    }

    @Test
    void size_ofScattered_isUnderAMegabyte() {
        for (long among : new long[] {200_000, 1_000_000, 10_000_000, 1L << 40, Long.MAX_VALUE}) {
            TreeSet<Long> serials = new TreeSet<>();
            Random random = new Random(among);
            while (serials.size() < 100_000) {
                serials.add(1 + random.nextLong(among - 1));
            }
            int size = size(serials.stream().mapToLong(Long::longValue));
            assertTrue(size < 1_000_000, "among " + among + ": " + size);
        }
    }

    @Test
    void size_ofEverySecond_isThatOfABitmap() {
        assertTrue(size(LongStream.range(1, 100_000).map(n -> 2 * n)) < 30_000);
    }

    @Test
    void revoke_ofNothing_writesNothing() {
        assertEquals(
                new KrlWriter(1, Instant.EPOCH, "").toBytes().length,
                new KrlWriter(1, Instant.EPOCH, "")
                        .revoke(CA, LongStream.empty().iterator())
                        .toBytes()
                        .length);
    }

    @Test
    void revoke_ofZeroOrOutOfOrder_isABug() {
        assertThrows(IllegalArgumentException.class, () -> size(LongStream.of(0)));
        assertThrows(IllegalArgumentException.class, () -> size(LongStream.of(3, 3)));
        assertThrows(IllegalArgumentException.class, () -> size(LongStream.of(3, 2)));
    }
}
