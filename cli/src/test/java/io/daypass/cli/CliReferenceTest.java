package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of the command line names every command and every option. */
class CliReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference", "cli.md");

    @Test
    void reference_namesEveryCommand() throws IOException {
        String reference = Files.readString(REFERENCE);
        List<String> missing = Catalogue.ENTRIES.stream()
                .map(Entry::words)
                .filter(words -> !reference.contains("`" + words))
                .toList();

        assertEquals(List.of(), missing, "not in " + REFERENCE);
    }

    @Test
    void reference_namesEveryOption() throws IOException {
        String reference = Files.readString(REFERENCE);
        List<String> missing = new ArrayList<>();
        for (Entry entry : Catalogue.ENTRIES) {
            options(entry)
                    .filter(option -> !reference.contains("`" + option))
                    .forEach(option -> missing.add(entry.words() + " " + option));
        }

        assertEquals(List.of(), missing, "not in " + REFERENCE);
    }

    private static Stream<String> options(Entry entry) {
        return new Parser(entry)
                .line().getCommandSpec().options().stream().flatMap(option -> Stream.of(option.names()));
    }
}
