package io.daypass.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one clock that judges what is due. It never goes back: while its source is behind what it has shown, time stands
 * still. It shows whole milliseconds.
 */
public final class StoreClock implements InstantSource {
    private final InstantSource source;
    private final AtomicLong latest;

    /**
     * @param source where the time comes from
     * @param notBefore the newest time that the store has seen
     */
    public StoreClock(InstantSource source, Instant notBefore) {
        this.source = source;
        this.latest = new AtomicLong(notBefore.toEpochMilli());
    }

    @Override
    public Instant instant() {
        long shown = latest.accumulateAndGet(source.millis(), Math::max);
        return Instant.ofEpochMilli(shown).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Sees to it that no time before this one is shown any more. */
    public void notBefore(Instant seen) {
        latest.accumulateAndGet(seen.toEpochMilli(), Math::max);
    }

    /**
     * How long it takes, as things are, until this clock shows that time: while it stands still, its source has to catch
     * up first. What a timer is set to; 0 if that time has come.
     */
    public Duration until(Instant at) {
        Instant now = instant();
        return at.isAfter(now)
                ? Duration.ofMillis(at.toEpochMilli() - now.toEpochMilli() + standingStillFor())
                : Duration.ZERO;
    }

    /** How far the source is behind what is shown, in milliseconds; 0 when all is well. */
    public long standingStillFor() {
        return Math.max(0, latest.get() - source.millis());
    }
}
