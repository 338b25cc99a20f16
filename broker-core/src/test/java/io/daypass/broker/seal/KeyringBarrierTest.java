package io.daypass.broker.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyringBarrierTest {
    private static final byte[] PLAIN = "a handle".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EMPTY = {};

    private final Random entropy = new Random(7);
    private final KeyringBarrier barrier = new KeyringBarrier(entropy);

    @BeforeEach
    void open() {
        barrier.open(Keyring.fresh(entropy));
    }

    @Test
    void open_ofWhatWasSealed_givesIt() {
        Barrier.Sealed sealed = barrier.seal(PLAIN, "lease/17");
        assertEquals(1, sealed.keyVersion());
        assertEquals(Aead.NONCE + PLAIN.length + Aead.TAG, sealed.bytes().length());
        assertArrayEquals(PLAIN, barrier.open(1, sealed.bytes(), "lease/17"));
        assertArrayEquals(EMPTY, barrier.open(1, barrier.seal(EMPTY, "").bytes(), ""));
    }

    @Test
    void seal_ofTheSame_neverGivesTheSame() {
        Set<Bytes> seen = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            assertTrue(seen.add(barrier.seal(PLAIN, "x").bytes()));
        }
    }

    @Test
    void open_ofAlteredByte_isRefused() {
        byte[] sealed = barrier.seal(PLAIN, "lease/17").bytes().toArray();
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertUnreadable(1, Bytes.of(altered), "lease/17");
        }
    }

    @Test
    void open_elsewhereOrUnderAnotherVersion_isRefused() {
        Bytes sealed = barrier.seal(PLAIN, "lease/17").bytes();
        assertUnreadable(1, sealed, "lease/18");
        assertUnreadable(1, sealed, "");
        assertUnreadable(2, sealed, "lease/17");
        assertUnreadable(1, Bytes.EMPTY, "lease/17");
        barrier.rotate(barrier.keyring().rotated(entropy));
        assertUnreadable(2, sealed, "lease/17");
    }

    @Test
    void rotate_keepsWhatIsOldReadable() {
        Bytes old = barrier.seal(PLAIN, "x").bytes();
        byte[] mac = barrier.mac("token", PLAIN);
        barrier.rotate(barrier.keyring().rotated(entropy));
        Barrier.Sealed sealed = barrier.seal(PLAIN, "x");
        assertEquals(2, sealed.keyVersion());
        assertArrayEquals(PLAIN, barrier.open(2, sealed.bytes(), "x"));
        assertArrayEquals(PLAIN, barrier.open(1, old, "x"));
        assertArrayEquals(mac, barrier.mac("token", PLAIN));
    }

    @Test
    void mac_dependsOnPurposeAndDataAndKeyring() {
        byte[] mac = barrier.mac("token", PLAIN);
        assertEquals(32, mac.length);
        assertFalse(Bytes.of(mac).equals(Bytes.of(barrier.mac("audit", PLAIN))));
        assertFalse(Bytes.of(mac).equals(Bytes.of(barrier.mac("token", EMPTY))));
        barrier.open(Keyring.fresh(entropy));
        assertFalse(Bytes.of(mac).equals(Bytes.of(barrier.mac("token", PLAIN))));
    }

    @Test
    void close_wipesTheKeysAndRefusesAllUse() {
        Bytes sealed = barrier.seal(PLAIN, "x").bytes();
        Keyring keyring = barrier.keyring();
        barrier.close();
        assertFalse(barrier.isOpen());
        assertThrows(Barrier.SealedException.class, () -> barrier.seal(PLAIN, "x"));
        assertThrows(Barrier.SealedException.class, () -> barrier.open(1, sealed, "x"));
        assertThrows(Barrier.SealedException.class, () -> barrier.mac("x", PLAIN));
        assertTrue(keyring.newestKey().isDestroyed());
        assertThrows(Barrier.SealedException.class, keyring::toBytes);
    }

    @Test
    void close_whileOthersSeal_neverSealsUnderWipedKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 200; round++) {
                Keyring keyring = Keyring.fresh(entropy);
                Keyring kept = Keyring.ofBytes(keyring.toBytes());
                barrier.open(keyring);
                CountDownLatch begun = new CountDownLatch(1);
                Future<Bytes> last = threads.submit(() -> sealUntilClosed(begun));
                begun.await();
                barrier.close();
                Bytes sealed = last.get();
                barrier.open(kept);
                assertArrayEquals(PLAIN, barrier.open(1, sealed, "x"));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Bytes sealUntilClosed(CountDownLatch begun) {
        Bytes last = barrier.seal(PLAIN, "x").bytes();
        begun.countDown();
        try {
            while (true) {
                last = barrier.seal(PLAIN, "x").bytes();
            }
        } catch (Barrier.SealedException closed) {
            return last;
        }
    }

    @Test
    void keyring_isReadBackFromItsBytes() {
        Keyring keyring = Keyring.fresh(entropy).rotated(entropy).rotated(entropy);
        byte[] bytes = keyring.toBytes();
        Keyring read = Keyring.ofBytes(bytes);
        assertEquals(3, read.newest());
        assertArrayEquals(bytes, read.toBytes());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> Keyring.ofBytes(cut));
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(IllegalArgumentException.class, () -> Keyring.ofBytes(longer));
    }

    private void assertUnreadable(int version, Bytes sealed, String place) {
        assertThrows(Barrier.UnreadableException.class, () -> barrier.open(version, sealed, place));
    }
}
