package io.daypass.broker.seal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The keys that values at rest are sealed under, by version, and the root of the MAC keys, which never changes: what
 * is found by its MAC would otherwise be lost with every rotation.
 */
final class Keyring {
    private static final int FORMAT = 1;

    private final RawKey macRoot;
    private final NavigableMap<Integer, RawKey> keys;

    private Keyring(RawKey macRoot, NavigableMap<Integer, RawKey> keys) {
        this.macRoot = macRoot;
        this.keys = keys;
    }

    /** A new one, with version 1. */
    static Keyring fresh(RandomGenerator entropy) {
        return new Keyring(RawKey.random(entropy), new TreeMap<>(Map.of(1, RawKey.random(entropy))));
    }

    /** The same keys and a new, newest one. */
    Keyring rotated(RandomGenerator entropy) {
        NavigableMap<Integer, RawKey> more = new TreeMap<>(keys);
        more.put(newest() + 1, RawKey.random(entropy));
        return new Keyring(macRoot, more);
    }

    /** The version of the newest key. */
    int newest() {
        return keys.lastKey();
    }

    /** The newest key. */
    RawKey newestKey() {
        return keys.lastEntry().getValue();
    }

    /** The key of that version. */
    Optional<RawKey> key(int version) {
        return Optional.ofNullable(keys.get(version));
    }

    /** A MAC key for that purpose. */
    RawKey macKey(String purpose) {
        return Hkdf.derive(macRoot, purpose);
    }

    /** Wipes all of them. */
    void destroy() {
        macRoot.destroy();
        keys.values().forEach(RawKey::destroy);
    }

    /** The keyring as bytes. They are secret: wipe them when they were used. */
    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(8 + RawKey.LENGTH + keys.size() * (4 + RawKey.LENGTH));
        bytes.putInt(FORMAT).put(macRoot.getEncoded()).putInt(keys.size());
        keys.forEach((version, key) -> bytes.putInt(version).put(key.getEncoded()));
        return bytes.array();
    }

    /**
     * The keyring that these bytes are.
     *
     * @throws IllegalArgumentException if they are none that this version of Daypass knows
     */
    static Keyring ofBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int format = in.getInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException("format " + format + ", not " + FORMAT);
            }
            RawKey macRoot = key(in);
            NavigableMap<Integer, RawKey> keys = new TreeMap<>();
            for (int left = in.getInt(); left > 0; left--) {
                keys.put(in.getInt(), key(in));
            }
            if (keys.isEmpty() || in.hasRemaining()) {
                throw new IllegalArgumentException("no keys, or more than keys");
            }
            return new Keyring(macRoot, keys);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("cut short", e);
        }
    }

    private static RawKey key(ByteBuffer in) {
        byte[] bytes = new byte[RawKey.LENGTH];
        in.get(bytes);
        return RawKey.of(bytes);
    }
}
