package io.daypass.broker.seal;

import io.daypass.lease.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The keyring as the store keeps it: how it is sealed, in clear but authenticated, and its bytes under the root key.
 *
 * @param type of the seal
 * @param shares how many there are; 0 where there are none
 * @param threshold how many are needed
 * @param wrapped nonce, ciphertext, tag
 */
record WrappedKeyring(String type, int shares, int threshold, Bytes wrapped) {
    /** The name it has among the store's own values. */
    static final String META = "keyring";

    private static final int MAGIC = 0x44_50_4b_31;

    /** Wraps a keyring. */
    static WrappedKeyring wrap(Keyring keyring, String type, int shares, int threshold, RawKey rootKey, byte[] nonce) {
        byte[] plain = keyring.toBytes();
        byte[] sealed = Aead.seal(rootKey, nonce, plain, header(type, shares, threshold));
        Arrays.fill(plain, (byte) 0);
        return new WrappedKeyring(type, shares, threshold, Bytes.of(sealed));
    }

    /** The keyring; empty if that is not the root key, or if anything of this was altered. */
    Optional<Keyring> unwrap(RawKey rootKey) {
        return Aead.open(rootKey, wrapped.toArray(), header(type, shares, threshold))
                .map(plain -> {
                    Keyring keyring = Keyring.ofBytes(plain);
                    Arrays.fill(plain, (byte) 0);
                    return keyring;
                });
    }

    /** As the store keeps it. */
    Bytes toBytes() {
        byte[] header = header(type, shares, threshold);
        return Bytes.of(ByteBuffer.allocate(header.length + wrapped.length())
                .put(header)
                .put(wrapped.toArray())
                .array());
    }

    /**
     * Reads what the store keeps.
     *
     * @throws SealException if it is not that
     */
    static WrappedKeyring ofBytes(Bytes stored) {
        ByteBuffer in = ByteBuffer.wrap(stored.toArray());
        try {
            if (in.getInt() != MAGIC) {
                throw unreadable();
            }
            byte[] type = new byte[in.get()];
            in.get(type);
            int shares = in.getInt();
            int threshold = in.getInt();
            byte[] wrapped = new byte[in.remaining()];
            in.get(wrapped);
            return new WrappedKeyring(
                    new String(type, StandardCharsets.US_ASCII), shares, threshold, Bytes.of(wrapped));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw unreadable();
        }
    }

    private static byte[] header(String type, int shares, int threshold) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + 1 + name.length + 8)
                .putInt(MAGIC)
                .put((byte) name.length)
                .put(name)
                .putInt(shares)
                .putInt(threshold)
                .array();
    }

    private static SealException unreadable() {
        return new SealException("the keyring in the store is damaged, or of a newer Daypass: bring the data directory"
                + " back from a backup, or run the version that wrote it");
    }
}
