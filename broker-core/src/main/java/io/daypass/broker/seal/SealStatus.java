package io.daypass.broker.seal;

/**
 * How things stand, as {@code sys/seal-status} tells it.
 *
 * @param type {@code shamir}, {@code file} or {@code memory}
 * @param initialized whether there is a keyring
 * @param sealed whether nothing can be read
 * @param threshold how many shares are needed; 0 where there are no shares
 * @param shares how many there are
 * @param progress how many were given
 * @param nonce names this attempt at unsealing; empty if none has begun
 */
public record SealStatus(
        String type, boolean initialized, boolean sealed, int threshold, int shares, int progress, String nonce) {}
