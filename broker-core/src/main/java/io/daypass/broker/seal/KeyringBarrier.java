package io.daypass.broker.seal;

import io.daypass.lease.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The barrier, over a keyring that {@link SealControl} gives it and takes away. Safe for any number of threads. */
public final class KeyringBarrier implements Barrier {
    /**
     * From here on a new key is due. With random nonces of 96 bits, 2^32 values under one key are the most that NIST
     * SP 800-38D (8.3) allows; restarts forget the count, so we stay far below.
     */
    static final long SEALS_A_KEY = 1L << 28;

    private final Nonces nonces;
    private volatile @Nullable Open open;

    /** A sealed one. */
    public KeyringBarrier(RandomGenerator entropy) {
        this.nonces = new Nonces(entropy);
    }

    @Override
    public boolean isOpen() {
        return open != null;
    }

    @Override
    public Sealed seal(byte[] plain, String place) {
        Open now = opened();
        now.seals.incrementAndGet();
        Keyring keyring = now.keyring;
        int version = keyring.newest();
        byte[] sealed = Aead.seal(keyring.newestKey(), nonces.next(), plain, additional(place, version));
        return new Sealed(version, Bytes.of(sealed));
    }

    @Override
    public byte[] open(int keyVersion, Bytes sealed, String place) {
        return opened().keyring
                .key(keyVersion)
                .flatMap(key -> Aead.open(key, sealed.toArray(), additional(place, keyVersion)))
                .orElseThrow(() -> new UnreadableException(place));
    }

    @Override
    public byte[] mac(String purpose, byte[] data) {
        Open now = opened();
        RawKey key = now.macKeys.get(purpose);
        if (key == null) {
            key = now.macKeys.computeIfAbsent(purpose, now.keyring::macKey);
        }
        return Hkdf.hmac(key, data);
    }

    /** Whether so much was sealed under the newest key that another is due. */
    boolean rotationDue() {
        Open now = open;
        return now != null && now.seals.get() >= SEALS_A_KEY;
    }

    /** From now on it uses this keyring. */
    void open(Keyring keyring) {
        open = new Open(keyring, new AtomicLong(), new ConcurrentHashMap<>());
    }

    /** From now on it uses this keyring, which is its own with a key more. */
    void rotate(Keyring rotated) {
        open = new Open(rotated, new AtomicLong(), opened().macKeys);
    }

    /** From now on it is sealed, and its keys are wiped. */
    void close() {
        Open last = open;
        open = null;
        if (last != null) {
            last.keyring.destroy();
            last.macKeys.values().forEach(RawKey::destroy);
        }
    }

    /** The keyring that it uses. */
    Keyring keyring() {
        return opened().keyring;
    }

    private Open opened() {
        Open now = open;
        if (now == null) {
            throw new SealedException();
        }
        return now;
    }

    private static byte[] additional(String place, int version) {
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + text.length).putInt(version).put(text).array();
    }

    private record Open(Keyring keyring, AtomicLong seals, Map<String, RawKey> macKeys) {}
}
