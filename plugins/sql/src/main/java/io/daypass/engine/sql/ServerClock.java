package io.daypass.engine.sql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What a session knows of its server's clock: when it last told the time, and how far it was off. */
public final class ServerClock {
    private static final Duration WORTH_SAYING = Duration.ofSeconds(2);
    private static final Duration LEAST_REFUSED = Duration.ofSeconds(2);

    private final InstantSource clock;
    private Instant toldAt;
    private Duration skew = Duration.ZERO;

    /** @param clock ours */
    public ServerClock(InstantSource clock) {
        this.clock = clock;
        toldAt = clock.instant();
    }

    /**
     * Takes down what the server answered.
     *
     * @param asked when it was asked, by our clock; it was answered now
     * @param there the time that it told
     * @return whether the clocks differ by more than is worth saying, and didn't before
     */
    public boolean told(Instant asked, Instant there) {
        boolean wasOff = isWorthSaying(skew);
        toldAt = clock.instant();
        Duration took = Duration.between(asked, toldAt);
        skew = Duration.between(asked.plus(took.dividedBy(2)), there);
        return isWorthSaying(skew) && !wasOff;
    }

    /** When the server last told its time. */
    public Instant toldAt() {
        return toldAt;
    }

    /** How far the server's clock is ahead of ours; negative: behind. */
    public Duration skew() {
        return skew;
    }

    /** Whether an operator should know of it. */
    public static boolean isWorthSaying(Duration skew) {
        return skew.abs().compareTo(WORTH_SAYING) > 0;
    }

    /**
     * Refuses to mint where the clocks are so far apart that the deadline of a mint means little.
     *
     * @throws Unavailable naming both clocks
     */
    public void mustAgree(Deadline deadline) {
        Duration half = deadline.left().dividedBy(2);
        Duration most = half.compareTo(LEAST_REFUSED) < 0 ? LEAST_REFUSED : half;
        if (skew.abs().compareTo(most) > 0) {
            Instant here = clock.instant();
            throw new Unavailable("the clocks are too far apart to create users by a deadline: here it is " + here
                    + ", at the server " + here.plus(skew));
        }
    }
}
