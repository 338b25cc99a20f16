package io.daypass.dist;

import java.nio.file.Path;

/** The assembled directory that the tests run against. */
final class Assembly {
    private Assembly() {}

    /** The one that this build has made. */
    static Installation installation() {
        return new Installation(
                Path.of(System.getProperty("daypass.home", "target/daypass")).toAbsolutePath());
    }
}
