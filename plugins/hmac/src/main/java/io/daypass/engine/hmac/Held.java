package io.daypass.engine.hmac;

import java.time.Instant;
import java.util.Optional;

/**
 * What a lease is of.
 *
 * @param role it was issued by
 * @param keyId of the key
 * @param own the key itself, where the lease has one of its own; it is gone with the lease
 */
record Held(String role, String keyId, Optional<Key> own) {
    /** Until when the lease's row must be there: as long as what its own key signed is good. */
    Instant neededUntil() {
        return own.map(Key::verifiesUntil).orElse(Instant.EPOCH);
    }

    /** What whoever revokes it is told. */
    Optional<String> warning() {
        return own.isPresent()
                ? Optional.empty()
                : Optional.of("the key " + keyId + " was shared, so it is retired for all holders of the role " + role
                        + ", and nothing that it signed is good any more");
    }
}
