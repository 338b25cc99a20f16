package io.daypass.engine.hmac;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What keys of a role are like, and those that all its holders share. */
record Role(
        @Doc("The hash: sha256, sha384 or sha512") @Default("sha256")
        Algorithm algorithm,

        @Doc(
                "Length of a key in bits, a multiple of 8 from the hash's own length (which it is if this is not set) to 4096")
        Optional<Integer> keyBits,

        @Doc("Who signs with a key: per_lease or shared") @Default("per_lease")
        Sharing keys,

        @Doc("How long a key signs") @Default("24h") Duration ttl,

        @Doc("How long one may be asked to sign at most; 0: as long as the mount lets it") @Default("0s")
        Duration maxTtl,

        @Doc("The longest session that is signed") @Default("24h")
        Duration sessionTtl,

        @Doc("How long a key that signs no more is still good for checking: session_ttl, or longer")
        Optional<Duration> overlap,

        @Doc("The keys that are shared, or were") @Kept Optional<Ring> ring,

        @Doc("When it was made: keys that one of the same name had before are none of its own") @Kept
        Optional<Instant> since) {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final int MOST_BITS = 4096;

    Role {
        if (ttl.compareTo(LEAST) < 0) {
            throw new Invalid("ttl", "must be at least 1s");
        }
        if (sessionTtl.compareTo(LEAST) < 0) {
            throw new Invalid("session_ttl", "must be at least 1s");
        }
        if (overlap.isPresent() && overlap.get().compareTo(sessionTtl) < 0) {
            throw new Invalid(
                    "overlap", "must be session_ttl or longer, or sessions would be lost when a key stops to sign");
        }
        if (keyBits.isPresent() && !isLength(keyBits.get(), algorithm)) {
            throw new Invalid(
                    "key_bits",
                    "must be a multiple of 8 from " + algorithm.bits() + " to " + MOST_BITS + " for "
                            + algorithm.jwa());
        }
    }

    private static boolean isLength(int bits, Algorithm algorithm) {
        return bits % 8 == 0 && bits >= algorithm.bits() && bits <= MOST_BITS;
    }

    int keyBytes() {
        return keyBits.orElse(algorithm.bits()) / 8;
    }

    /** How long a key is still good for checking; the clocks of others and what is on its way are considered. */
    Duration verifies() {
        return overlap.orElse(sessionTtl).plus(Ring.ALLOWANCE);
    }

    boolean isShared() {
        return keys == Sharing.SHARED;
    }

    /** The keys that are shared, or were. */
    Ring sharedKeys() {
        return ring.orElse(Ring.EMPTY);
    }

    Role with(Ring changed) {
        return new Role(algorithm, keyBits, keys, ttl, maxTtl, sessionTtl, overlap, Optional.of(changed), since);
    }

    /** The same, made at that time if it hasn't been yet. */
    Role begun(Instant now) {
        Optional<Instant> begun = Optional.of(since.orElse(now));
        return new Role(algorithm, keyBits, keys, ttl, maxTtl, sessionTtl, overlap, ring, begun);
    }

    /** Whether a key that a lease has for its own is one of this role, and of no former one of its name. */
    boolean owns(Key key) {
        return since.isPresent() && !key.notBefore().isBefore(since.get());
    }
}
