package io.daypass.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes only when it is told to. */
public final class SettableClock implements InstantSource {
    /** Where it starts. */
    public static final Instant START = Instant.parse("2026-11-24T09:00:00Z");

    private final AtomicLong now = new AtomicLong(START.toEpochMilli());

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    /** Moves it; back, if the step is negative. */
    public void advance(Duration step) {
        now.addAndGet(step.toMillis());
    }
}
