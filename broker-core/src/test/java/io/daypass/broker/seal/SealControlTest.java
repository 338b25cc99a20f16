package io.daypass.broker.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SealControlTest {
    private static final byte[] PLAIN = {1, 2, 3};

    private final SecureRandom entropy = new SecureRandom();
    private final MetaInMemory store = new MetaInMemory();

    /** A broker over the store, as after a start. */
    private final class Broker {
        final KeyringBarrier barrier = new KeyringBarrier(entropy);
        final SealControl control;

        Broker(Seal seal) {
            control = new SealControl(store, seal, barrier, entropy, Runnable::run);
        }

        Initialized<Bytes> init(int shares, int threshold) {
            return done(control.init(
                    shares,
                    threshold,
                    () -> CompletableFuture.completedStage(
                            barrier.seal(PLAIN, "x").bytes())));
        }
    }

    @Test
    void init_withShamir_givesSharesAndStaysSealed() {
        Broker broker = new Broker(Seal.shamir());
        assertEquals(new SealStatus("shamir", false, true, 0, 0, 0, ""), done(broker.control.start()));
        Initialized<Bytes> made = broker.init(5, 3);
        assertEquals(5, made.keys().size());
        assertEquals(5, made.keysBase64().size());
        assertEquals("5 shares", made.toString());
        assertEquals(new SealStatus("shamir", true, true, 3, 5, 0, ""), broker.control.status());
        assertFalse(broker.barrier.isOpen());

        Broker restarted = new Broker(Seal.shamir());
        assertEquals(new SealStatus("shamir", true, true, 3, 5, 0, ""), done(restarted.control.start()));
        SealStatus one = done(restarted.control.unseal(made.keys().get(4)));
        assertEquals(1, one.progress());
        assertEquals(4, UUID.fromString(one.nonce()).version());
        SealStatus two = done(restarted.control.unseal(made.keysBase64().get(0)));
        assertEquals(one.nonce(), two.nonce());
        assertTrue(two.sealed());
        SealStatus three = done(restarted.control.unseal(made.keys().get(2)));
        assertEquals(new SealStatus("shamir", true, false, 3, 5, 0, ""), three);
        assertArrayEquals(PLAIN, restarted.barrier.open(1, made.first(), "x"));
        assertEquals(three, done(restarted.control.unseal("whatever")));
    }

    @Test
    void init_twice_refuses() {
        Broker broker = new Broker(Seal.memory(entropy));
        broker.init(0, 0);
        Bytes before = broker.barrier.seal(PLAIN, "x").bytes();
        assertFails("already initialised", broker.control.init(1, 1, () -> CompletableFuture.completedStage("")));
        assertArrayEquals(PLAIN, broker.barrier.open(1, before, "x"));
    }

    @Test
    void init_whileAnotherIsUnderWay_refuses() {
        Broker broker = new Broker(Seal.shamir());
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletionStage<Initialized<String>> under = broker.control.init(3, 2, () -> first);
        assertFails("being changed", broker.control.init(3, 2, () -> CompletableFuture.completedStage("")));
        first.complete("token");
        assertEquals("token", done(under).first());
        assertFalse(broker.barrier.isOpen());
    }

    @Test
    void init_failing_leavesNothing() {
        Broker broker = new Broker(Seal.shamir());
        assertFails("from 1 to 255", broker.control.init(300, 2, () -> CompletableFuture.completedStage("")));
        assertFails("no", broker.control.init(1, 1, () -> CompletableFuture.failedStage(new SealException("no"))));
        assertFalse(broker.barrier.isOpen());
        store.gate = CompletableFuture.failedFuture(new SealException("disk full"));
        assertFails("disk full", broker.control.init(1, 1, () -> CompletableFuture.completedStage("")));
        assertFalse(broker.barrier.isOpen());
        assertFalse(broker.control.status().initialized());
        store.gate = CompletableFuture.completedStage(null);
        assertEquals(1, broker.init(1, 1).keys().size());
    }

    @Test
    void unseal_withWrongShares_saysSoAndBeginsAgain() {
        Broker broker = new Broker(Seal.shamir());
        List<String> right = broker.init(3, 2).keys();
        byte[] wrong = HexFormat.of().parseHex(right.get(1));
        wrong[0] ^= 1;
        String first = done(broker.control.unseal(right.get(0))).nonce();
        assertFails("don't make the key", broker.control.unseal(HexFormat.of().formatHex(wrong)));
        assertEquals(0, broker.control.status().progress());
        assertFalse(broker.barrier.isOpen());
        assertFails("no share", broker.control.unseal("hello"));
        assertEquals(0, broker.control.status().progress());
        assertNotEquals(first, done(broker.control.unseal(right.get(0))).nonce());
        assertFalse(done(broker.control.unseal(right.get(1))).sealed());
    }

    @Test
    void reset_forgetsShares() {
        Broker broker = new Broker(Seal.shamir());
        List<String> keys = broker.init(3, 2).keys();
        done(broker.control.unseal(keys.get(0)));
        assertEquals(0, broker.control.reset().progress());
        assertTrue(done(broker.control.unseal(keys.get(1))).sealed());
        assertFalse(done(broker.control.unseal(keys.get(2))).sealed());
    }

    @Test
    void unseal_beforeInit_refuses() {
        assertFails("operator init", new Broker(Seal.shamir()).control.unseal("x"));
        assertFails("operator init", new Broker(Seal.memory(entropy)).control.unseal("x"));
        assertFails("operator init", new Broker(Seal.shamir()).control.rotate());
    }

    @Test
    void seal_closesUntilUnsealed() {
        Broker broker = new Broker(Seal.shamir());
        String key = broker.init(1, 1).keys().get(0);
        done(broker.control.unseal(key));
        assertTrue(broker.control.seal().sealed());
        assertFalse(broker.barrier.isOpen());
        assertTrue(broker.control.seal().sealed());
        done(broker.control.unseal(key));
        assertTrue(broker.barrier.isOpen());
    }

    @Test
    void start_withKeyAtHand_opensByItself() {
        Seal seal = Seal.memory(entropy);
        Broker broker = new Broker(seal);
        Initialized<Bytes> made = broker.init(5, 3);
        assertEquals(List.of(), made.keys());
        assertEquals(new SealStatus("memory", true, false, 0, 0, 0, ""), broker.control.status());
        Broker restarted = new Broker(seal);
        assertFalse(done(restarted.control.start()).sealed());
        assertArrayEquals(PLAIN, restarted.barrier.open(1, made.first(), "x"));
        restarted.control.seal();
        assertFalse(done(restarted.control.unseal("")).sealed());
    }

    @Test
    void start_withAnotherSealOrKey_refuses() {
        new Broker(Seal.memory(entropy)).init(0, 0);
        assertFails("seal.type", new Broker(Seal.shamir()).control.start());
        assertFails("is not the one", new Broker(Seal.memory(entropy)).control.start());
        Seal missing = new Seal("memory", "the key in memory", Optional.of(() -> {
            throw new SealException("not there");
        }));
        assertFails("not there", new Broker(missing).control.start());
    }

    @Test
    void start_withoutTheKeyThatInitWillNeed_refuses() {
        Seal missing = new Seal("file", "the key file k", Optional.of(() -> {
            throw new SealException("the key file k is not there");
        }));
        assertFails("is not there", new Broker(missing).control.start());
    }

    @Test
    void start_withDamagedKeyring_refuses() {
        Seal seal = Seal.memory(entropy);
        new Broker(seal).init(0, 0);
        byte[] whole = done(store.meta(WrappedKeyring.META)).orElseThrow().toArray();
        for (int i = 0; i < whole.length; i++) {
            byte[] altered = whole.clone();
            altered[i] ^= 1;
            store.values.put(WrappedKeyring.META, Bytes.of(altered));
            assertFails("", new Broker(seal).control.start());
            store.values.put(WrappedKeyring.META, Bytes.of(Arrays.copyOf(whole, i)));
            assertFails("", new Broker(seal).control.start());
        }
    }

    @Test
    void rotate_isDurableBeforeItIsUsed() {
        Seal seal = Seal.memory(entropy);
        Broker broker = new Broker(seal);
        broker.init(0, 0);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        store.gate = gate;
        CompletionStage<Integer> rotated = broker.control.rotate();
        assertFails("being changed", broker.control.rotate());
        assertEquals(1, broker.barrier.seal(PLAIN, "x").keyVersion());
        gate.complete(null);
        assertEquals(2, done(rotated));
        Barrier.Sealed sealed = broker.barrier.seal(PLAIN, "x");
        assertEquals(2, sealed.keyVersion());
        Broker restarted = new Broker(seal);
        done(restarted.control.start());
        assertArrayEquals(PLAIN, restarted.barrier.open(2, sealed.bytes(), "x"));
    }

    @Test
    void rotate_failing_keepsTheOldKey() {
        Broker broker = new Broker(Seal.memory(entropy));
        broker.init(0, 0);
        store.gate = CompletableFuture.failedFuture(new SealException("disk full"));
        assertFails("disk full", broker.control.rotate());
        assertEquals(1, broker.barrier.seal(PLAIN, "x").keyVersion());
        store.gate = CompletableFuture.completedStage(null);
        assertEquals(2, done(broker.control.rotate()));
    }

    @Test
    void rotate_overtakenBySeal_staysSealed() {
        Broker broker = new Broker(Seal.memory(entropy));
        broker.init(0, 0);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        store.gate = gate;
        CompletionStage<Integer> rotated = broker.control.rotate();
        broker.control.seal();
        gate.complete(null);
        assertEquals(2, done(rotated));
        assertFalse(broker.barrier.isOpen());
        assertFalse(done(broker.control.unseal("")).sealed());
        assertEquals(2, broker.barrier.seal(PLAIN, "x").keyVersion());
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void assertFails(String because, CompletionStage<?> stage) {
        CompletionException failed = assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().join());
        SealException why = assertInstanceOf(SealException.class, failed.getCause());
        assertTrue(String.valueOf(why.getMessage()).contains(because), why.getMessage());
    }
}
