package io.daypass.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs as the system has them. */
public final class SystemPrograms {
    private static final String ELSEWHERE = "/usr/sbin:/usr/local/sbin";

    private SystemPrograms() {}

    /** Where a program is, by PATH, or where those of administrators are. */
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of((path + ":" + ELSEWHERE).split(":"))
                .filter(place -> place.startsWith("/"))
                .map(place -> Path.of(place, name))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }
}
