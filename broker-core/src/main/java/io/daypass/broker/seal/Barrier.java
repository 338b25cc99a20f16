package io.daypass.broker.seal;

import io.daypass.lease.Bytes;

/** Everything at rest goes through it: AES-256-GCM, with the value's place as additional data. Doesn't block. */
public interface Barrier {
    /** Whether it can be used now. */
    boolean isOpen();

    /**
     * Seals a value under the newest key.
     *
     * @param place where it will stand, such as {@code lease/17}; it can be opened only there
     * @throws SealedException if it is sealed
     */
    Sealed seal(byte[] plain, String place);

    /**
     * Opens a value.
     *
     * @throws SealedException if it is sealed
     * @throws UnreadableException if the value is not what was sealed there, or its key is unknown
     */
    byte[] open(int keyVersion, Bytes sealed, String place);

    /**
     * HMAC-SHA-256 under a key for that purpose, which stays the same however often keys are rotated.
     *
     * @return 32 bytes
     * @throws SealedException if it is sealed
     */
    byte[] mac(String purpose, byte[] data);

    /**
     * A sealed value.
     *
     * @param keyVersion of the key it is under
     * @param bytes nonce, ciphertext, tag
     */
    record Sealed(int keyVersion, Bytes bytes) {}

    /** The barrier is sealed. */
    final class SealedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Says so. */
        public SealedException() {
            super("Daypass is sealed: unseal it first (daypass operator unseal)");
        }
    }

    /** A value could not be opened. */
    final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param place where the value stands */
        public UnreadableException(String place) {
            super("what is stored at " + place + " can't be read with the keys that are here: it was altered, moved, or"
                    + " sealed under another keyring");
        }
    }
}
