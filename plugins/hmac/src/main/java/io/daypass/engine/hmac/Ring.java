package io.daypass.engine.hmac;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that all holders of a role share: those that are good for checking only, the current one, and the next one,
 * which everybody knows for a whole life of a key before it signs. Pure: time and new keys are handed in.
 *
 * @param keys in the order in which they sign
 */
record Ring(List<Key> keys) {
    /** No keys. */
    static final Ring EMPTY = new Ring(List.of());

    /** Added to every overlap: for clocks that differ, and signers that hear of a new key late. */
    static final Duration ALLOWANCE = Duration.ofMinutes(2);

    Ring {
        keys = List.copyOf(keys);
    }

    /**
     * The key that signs. Where the clock was set back to before all of them, the first one does: it has signed already, and
     * another would make it none of the role's.
     */
    Optional<Key> current(Instant now) {
        return keys.stream()
                .filter(key -> key.state(now) == Key.State.CURRENT)
                .reduce((older, newer) -> newer)
                .or(() -> keys.stream()
                        .filter(key -> key.state(now) == Key.State.NEXT)
                        .findFirst());
    }

    /** A key by its id, if it is good for anything. */
    Optional<Key> find(String id, Instant now) {
        return keys.stream()
                .filter(key -> key.id().equals(id) && key.state(now) != Key.State.GONE)
                .findFirst();
    }

    /** When there is something to do: the last key begins to sign, so that another must be next, or one is gone. */
    Instant due() {
        if (keys.isEmpty()) {
            return Instant.EPOCH;
        }
        Instant due = keys.get(keys.size() - 1).notBefore();
        for (Key key : keys) {
            due = key.verifiesUntil().isBefore(due) ? key.verifiesUntil() : due;
        }
        return due;
    }

    /** Whether what will be signed yet would be good for less than this: sessions have become longer since. */
    boolean isShorterThan(Duration verifies) {
        return !keys.isEmpty() && !keys.get(keys.size() - 1).covers(verifies);
    }

    /** Lets what is signed from now on be good for at least this long after its key signs no more. */
    Ring covering(Instant now, Duration verifies) {
        return new Ring(keys.stream()
                .map(key -> key.signsUntil().isAfter(now) && !key.covers(verifies) ? key.covering(verifies) : key)
                .toList());
    }

    /** When the first of them is gone; never if there are none. */
    Instant firstGone() {
        return keys.stream().map(Key::verifiesUntil).min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** What is left of it: those that are gone go. */
    Ring without(Instant now) {
        return new Ring(
                keys.stream().filter(key -> key.state(now) != Key.State.GONE).toList());
    }

    /**
     * Goes on with time: a current key and a next one, whatever was missed.
     *
     * @param fresh makes keys
     */
    Ring at(Instant now, Fresh fresh) {
        List<Key> left = new ArrayList<>(without(now).keys());
        if (current(now).isEmpty()) {
            left.add(fresh.from(now));
        }
        Key last = left.get(left.size() - 1);
        if (last.state(now) == Key.State.CURRENT) {
            left.add(fresh.from(last.signsUntil()));
        }
        return new Ring(left);
    }

    /** Lets the next key sign at once; what signed until now is good for checking only. */
    Ring rotated(Instant now, Duration ttl, Duration verifies, Fresh fresh) {
        List<Key> turned = new ArrayList<>();
        for (Key key : at(now, fresh).keys()) {
            turned.add(
                    switch (key.state(now)) {
                        case CURRENT -> key.until(now, now.plus(verifies));
                        case NEXT -> key.from(now, now.plus(ttl), now.plus(ttl).plus(verifies));
                        case VERIFY_ONLY, GONE -> key;
                    });
        }
        return new Ring(turned).at(now, fresh);
    }

    /** Takes a key away for good; if it was the one that signs, the next one does. */
    Ring retired(String id, Instant now, Duration ttl, Duration verifies, Fresh fresh) {
        if (find(id, now).isEmpty()) {
            return this;
        }
        boolean signs = current(now).filter(key -> key.id().equals(id)).isPresent();
        Ring turned = signs ? rotated(now, ttl, verifies, fresh) : this;
        return new Ring(turned.keys().stream()
                        .filter(key -> !key.id().equals(id))
                        .toList())
                .at(now, fresh);
    }

    /** Makes keys of a role. */
    @FunctionalInterface
    interface Fresh {
        /** A key that signs from then on. */
        Key from(Instant notBefore);
    }
}
