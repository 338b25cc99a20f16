package io.daypass.embedded.source;

import io.daypass.embedded.MariaDbBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that are unpacked once for all tests of this JVM; they are removed with it. */
final class Unpacked {
    private static Optional<MariaDbBinaries> mariaDb = Optional.empty();

    private Unpacked() {}

    static synchronized MariaDbBinaries mariaDb() throws IOException {
        if (mariaDb.isEmpty()) {
            Path directory = Files.createTempDirectory("daypass-mariadb-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory), "unpacked-delete"));
            mariaDb = Optional.of(MariaDbBinaries.unpack(directory));
        }
        return mariaDb.orElseThrow();
    }

    /** A server that still runs from them does not mind. */
    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
