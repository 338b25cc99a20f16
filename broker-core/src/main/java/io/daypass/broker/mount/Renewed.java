package io.daypass.broker.mount;

import java.time.Instant;
import java.util.List;

/**
 * What a renewal reached.
 *
 * @param expiresAt when the lease ends now
 * @param warnings what bound it, if anything did
 */
public record Renewed(Instant expiresAt, List<String> warnings) {
    public Renewed {
        warnings = List.copyOf(warnings);
    }
}
