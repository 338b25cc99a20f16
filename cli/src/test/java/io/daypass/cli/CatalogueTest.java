package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    static Stream<Entry> entries() {
        return Catalogue.ENTRIES.stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void usage_hasAnExampleOfTheCommand(Entry entry) {
        String usage = usage(entry);
        int examples = usage.indexOf("Examples:");
        assertTrue(examples > 0, usage);
        String named = entry.words().equals("secrets move") ? "secrets enable" : entry.words();
        assertTrue(usage.substring(examples).contains("daypass " + named), usage);
        assertTrue(usage.lines().allMatch(line -> line.length() <= 120), usage);
        assertFalse(usage.substring(0, examples).contains("\n  daypass "), "they are shown once: " + usage);
    }

    @Test
    void entries_haveNamesOfTheirOwn() {
        Set<String> names = new HashSet<>();
        Catalogue.ENTRIES.forEach(entry -> assertTrue(names.add(entry.words()), entry.words()));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void parse_takesOneDashOrTwo(Entry entry) {
        if (entry.words().equals("read")) {
            for (String dashes : List.of("-", "--")) {
                Parser parser = new Parser(entry);
                assertEquals(
                        "json",
                        parser.parse(List.of(dashes + "format=json", "x", dashes + "ttl", "3s"))
                                .flags()
                                .format());
            }
        }
        assertFalse(new Parser(entry).parse(List.of("-help")).quiet());
    }

    private static String usage(Entry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new Parser(entry)
                .usage(new Shell(
                        Map.of(),
                        Path.of("/nonexistent"),
                        InputStream.nullInputStream(),
                        stream,
                        stream,
                        false,
                        false,
                        () -> Instant.EPOCH));
        return out.toString(StandardCharsets.UTF_8);
    }
}
