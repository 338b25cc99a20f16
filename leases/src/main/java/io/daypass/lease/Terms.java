package io.daypass.lease;

import java.time.Duration;

/**
 * The numbers of a lease's life.
 *
 * @param slack added to an expiry for when the row is due and for the target's own expiry
 * @param margin waited beyond a mint deadline before a target's word that it has passed is asked for
 * @param quarantine waited beyond a mint deadline where the target can't give its word
 * @param claim for how long a due row is taken
 * @param firstRetry how long after the first failed attempt the next one comes
 * @param lastRetry the longest pause between attempts, which never end
 */
public record Terms(
        Duration slack, Duration margin, Duration quarantine, Duration claim, Duration firstRetry, Duration lastRetry) {
    /** What is used unless the configuration says else. */
    public static final Terms DEFAULT = new Terms(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5));
}
