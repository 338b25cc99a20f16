package io.daypass.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where what lasts is kept.
 *
 * @param path the data directory
 * @param rememberEnded how long it is remembered who had a lease that has ended
 * @param rememberMost so many of those at most
 */
public record Storage(
        @Key("The data directory: one SQLite database, locked against a second broker. It is made if it is not there,"
                + " with mode 0700; all in it is sealed.")
        Path path,

        @Key(
                value = "How long it is remembered who had a lease that has ended, for `daypass who`; 0s: not at all.",
                otherwise = "7d",
                min = "0s",
                max = "365d")
        Duration rememberEnded,

        @Key(
                value = "So many of those at most, the newest; each takes some 150 bytes of the data directory.",
                otherwise = "1000000",
                min = "1",
                max = "100000000")
        int rememberMost) {}
