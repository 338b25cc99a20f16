package io.daypass.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void print_makesColumnsAsWideAsTheyNeed() {
        assertEquals("Key     Value\nalong   1\nb\n", printed(false));
    }

    @Test
    void print_makesTheHeadingLoudIfItMay() {
        assertEquals("\u001b[1mKey     Value\u001b[0m\nalong   1\nb\n", printed(true));
    }

    private static String printed(boolean bold) {
        Table table = new Table("Key", "Value");
        table.row("a\u001blong", "1");
        table.row("b", "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.print(new PrintStream(out, true, StandardCharsets.UTF_8), bold);
        return out.toString(StandardCharsets.UTF_8);
    }
}
