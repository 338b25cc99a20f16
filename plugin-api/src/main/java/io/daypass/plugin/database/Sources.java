package io.daypass.plugin.database;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * Where a database gets the time and random bytes from.
 *
 * @param clock the broker's clock
 * @param random answers so many bytes
 */
public record Sources(InstantSource clock, IntFunction<byte[]> random) {
    public Sources {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
    }
}
