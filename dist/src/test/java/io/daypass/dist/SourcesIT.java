package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of every source file, tests included, since compiled classes of other modules' tests are not at hand here. */
final class SourcesIT {
    private static final int LONGEST_FILE = 400;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void nothingSleeps() throws IOException {
        Pattern sleep = Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(");
        assertEquals(List.of(), sources(text -> sleep.matcher(text).find()));
    }

    @Test
    void nothingIsLeftToDo() throws IOException {
        Pattern later = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        assertEquals(List.of(), sources(text -> later.matcher(text).find()));
    }

    @Test
    void noFileIsTooLong() throws IOException {
        assertEquals(
                List.of(),
                files().filter(SourcesIT::isShipped)
                        .filter(file -> read(file).lines().count() > LONGEST_FILE)
                        .toList());
    }

    @Test
    void everyPackage_isNullMarked() throws IOException {
        Set<String> marked = files().filter(file -> file.endsWith("package-info.java"))
                .filter(file -> read(file).contains("@NullMarked"))
                .map(SourcesIT::packageOf)
                .collect(Collectors.toSet());
        assertEquals(
                List.of(),
                files().filter(SourcesIT::isShipped)
                        .filter(file -> !marked.contains(packageOf(file)))
                        .toList());
    }

    private static List<Path> sources(Predicate<String> wrong) throws IOException {
        return files().filter(file -> wrong.test(read(file))).toList();
    }

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            assertTrue(all.size() > 100, "the sources are not where they were looked for: " + ROOT);
            return all.stream();
        }
    }

    private static boolean isShipped(Path file) {
        return file.toString().contains("/src/main/");
    }

    private static String packageOf(Path file) {
        return String.valueOf(file.getParent()).replaceFirst(".*/java/", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
