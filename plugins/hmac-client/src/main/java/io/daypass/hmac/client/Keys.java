package io.daypass.hmac.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a role as the broker told them. Doesn't change; the next telling replaces it whole.
 *
 * @param version what the broker calls this telling
 * @param keys all that are good for anything
 * @param longest the longest session
 */
record Keys(String version, List<Key> keys, Duration longest) {
    /** Nothing is known yet. */
    static final Keys NONE = new Keys("", List.of(), Duration.ZERO);

    Keys {
        keys = List.copyOf(keys);
    }

    /** The key that a token says is its; null if there is none. Allocates nothing. */
    @Nullable
    Key heading(byte[] token) {
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            if (key.heads(token)) {
                return key;
            }
        }
        return null;
    }

    Optional<Key> named(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }
}
