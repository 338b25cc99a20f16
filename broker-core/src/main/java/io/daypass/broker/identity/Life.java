package io.daypass.broker.identity;

import io.daypass.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a token lives, with a line for whoever asked when that is less than was asked for.
 *
 * @param expiresAt when it ends unless it is renewed
 * @param maxExpiresAt when it ends however often it is renewed
 * @param warnings which bound was met, if one was
 */
public record Life(Instant expiresAt, Instant maxExpiresAt, List<String> warnings) {
    public Life {
        warnings = List.copyOf(warnings);
    }

    /** A life without end. */
    public static final Life ENDLESS = new Life(Lease.NEVER, Lease.NEVER, List.of());

    /**
     * @param now from when it counts
     * @param wanted what was asked for
     * @param max what it can never outlive
     * @param maxName what that bound is called
     * @param parentEnd when the token it hangs from ends
     */
    static Life of(Instant now, Duration wanted, Instant max, String maxName, Instant parentEnd) {
        Instant asked = now.plus(wanted);
        Instant end = asked;
        List<String> warnings = new ArrayList<>();
        if (max.isBefore(end)) {
            end = max;
            warnings.add(bound(now, end, maxName));
        }
        if (parentEnd.isBefore(end)) {
            end = parentEnd;
            warnings.clear();
            warnings.add(
                    bound(now, end, "the token that it hangs from, which ends first; renew that one to go further"));
        }
        return new Life(end, max.isBefore(end) ? end : max, warnings);
    }

    private static String bound(Instant now, Instant end, String by) {
        return "it ends in " + Math.max(0, Duration.between(now, end).toSeconds())
                + " s, sooner than asked for: bound by " + by;
    }
}
