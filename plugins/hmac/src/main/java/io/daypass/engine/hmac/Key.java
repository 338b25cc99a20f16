package io.daypass.engine.hmac;

import io.daypass.plugin.Secret;
import java.time.Duration;
import java.time.Instant;

/**
 * A key. Before it signs it is <em>next</em>, then <em>current</em>, then good for checking only, then gone.
 *
 * @param id by which what it signed says that it did
 * @param role it is of
 * @param algorithm it signs with
 * @param key the key itself
 * @param notBefore signs from then on
 * @param signsUntil signs no more from then on
 * @param verifiesUntil nothing that it signed is good any more from then on
 */
record Key(
        String id,
        String role,
        Algorithm algorithm,
        Secret key,
        Instant notBefore,
        Instant signsUntil,
        Instant verifiesUntil) {
    /** What it is good for at an instant. */
    State state(Instant now) {
        if (!verifiesUntil.isAfter(now)) {
            return State.GONE;
        }
        if (!signsUntil.isAfter(now)) {
            return State.VERIFY_ONLY;
        }
        return notBefore.isAfter(now) ? State.NEXT : State.CURRENT;
    }

    /** The same, signing from now on. */
    Key from(Instant now, Instant until, Instant verifies) {
        return new Key(id, role, algorithm, key, now, until, verifies);
    }

    /** The same, signing no more. */
    Key until(Instant now, Instant verifies) {
        return new Key(id, role, algorithm, key, notBefore.isBefore(now) ? notBefore : now, now, verifies);
    }

    /** Whether what it signs is good for this long after it signs no more. */
    boolean covers(Duration verifies) {
        return !verifiesUntil.isBefore(signsUntil.plus(verifies));
    }

    /** The same, good for so long. */
    Key covering(Duration verifies) {
        return new Key(id, role, algorithm, key, notBefore, signsUntil, signsUntil.plus(verifies));
    }

    /** What a key is good for. */
    enum State {
        /** Published, so that everybody knows it when it begins to sign. */
        NEXT,
        /** Signs. */
        CURRENT,
        /** Checks what it has signed. */
        VERIFY_ONLY,
        /** Good for nothing. */
        GONE
    }
}
