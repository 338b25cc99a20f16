package io.daypass.config;

import java.nio.file.Path;

/**
 * Where what lasts is kept.
 *
 * @param path the data directory
 */
public record Storage(
        @Key("The data directory: one SQLite database, locked against a second broker. It is made if it is not there,"
                + " with mode 0700; all in it is sealed.")
        Path path) {}
