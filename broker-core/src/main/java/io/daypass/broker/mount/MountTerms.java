package io.daypass.broker.mount;

import io.daypass.broker.mount.lane.LaneLimits;
import java.time.Duration;

/**
 * The numbers that all mounts share.
 *
 * @param mintDeadline how long a mint may take, which its target enforces too
 * @param callDeadline how long any other call into an engine may take; shorter than the claim of a due row
 * @param closeWithin how long the end of a mount waits for calls under way
 * @param defaultTtl how long leases live where neither role nor mount says
 * @param maxTtl how long a lease lives at most, whatever role and mount say
 * @param lanes how much at once
 */
public record MountTerms(
        Duration mintDeadline,
        Duration callDeadline,
        Duration closeWithin,
        Duration defaultTtl,
        Duration maxTtl,
        LaneLimits lanes) {
    /** 768 hours. */
    private static final Duration SYSTEM = Duration.ofDays(32);

    /** What is used unless the configuration says else. */
    public static final MountTerms DEFAULT = new MountTerms(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(10), SYSTEM, SYSTEM, LaneLimits.DEFAULT);
}
