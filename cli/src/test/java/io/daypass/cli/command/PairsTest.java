package io.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairsTest {
    @Test
    void object_keepsValuesTexts() {
        assertEquals("{\"a\":\"1\",\"b\":\"true\",\"c\":\"x=y\",\"d\":\"\"}", read("", "a=1", "b=true", "c=x=y", "d="));
    }

    @Test
    void object_givenTwice_isAList() {
        assertEquals("{\"a\":[\"1\",\"2\",\"3\"]}", read("", "a=1", "a=2", "a=3"));
    }

    @Test
    void object_readsStdinOnce() {
        assertEquals("{\"a\":\"secret\"}", read("secret", "a=-"));
        assertThrows(Failure.class, () -> read("x", "a=-", "b=-"));
    }

    @Test
    void object_fromStdin_losesTheLineFeedThatEndsItAndNoOther() {
        assertEquals("{\"a\":\"secret\"}", read("secret\n", "a=-"));
        assertEquals("{\"a\":\"secret\"}", read("secret\r\n", "a=-"));
        assertEquals("{\"a\":\"one\\ntwo\\n\"}", read("one\ntwo\n\n", "a=-"));
        assertEquals("{\"a\":\"\"}", read("\n", "a=-"));
    }

    @Test
    void object_readsJsonFromStdin() {
        assertEquals("{\"n\":1,\"l\":[true],\"a\":\"b\"}", read("{\"n\": 1, \"l\": [true]}", "-", "a=b"));
        assertThrows(Failure.class, () -> read("[1]", "-"));
        assertThrows(Failure.class, () -> read("{\"a\":1} x", "-"));
    }

    @Test
    void object_backslashKeepsAsItIs() {
        assertEquals("{\"a\":\"@x\",\"b\":\"-\",\"c\":\"\\\\d\"}", read("", "a=\\@x", "b=\\-", "c=\\d"));
    }

    @Test
    void object_noPair_isWrongUse() {
        assertThrows(Failure.class, () -> read("", "novalue"));
        assertThrows(Failure.class, () -> read("", "=x"));
    }

    private static String read(String stdin, String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Shell shell = new Shell(
                Map.of(),
                Path.of("/nonexistent"),
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                nowhere,
                nowhere,
                false,
                false,
                () -> Instant.EPOCH);
        return Pairs.object(List.of(arguments), shell).toString();
    }
}
