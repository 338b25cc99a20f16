package io.daypass.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTest {
    @Test
    void line_leavesOutWhatMovesTheCursor() {
        assertEquals("red[31m", Display.line("red\u001b[31m"));
        assertEquals("ab", Display.line("a\u0007\u009b\u202e\u200bb"));
    }

    @Test
    void line_putsSpacesForBreaks() {
        assertEquals("a b c d e", Display.line("a\nb\tc\u2028d\u2029e"));
    }

    @Test
    void block_keepsBreaks() {
        assertEquals("a\n\tb", Display.block("a\n\tb\r\u001b"));
    }

    @Test
    void line_keepsOtherAlphabets() {
        assertEquals("Käthe 日本 🗝", Display.line("Käthe 日本 🗝"));
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "-3,0s", "59,59s", "60,1m", "3661,1h1m1s", "86400,1d", "90000,1d1h"})
    void seconds_asPeopleSayThem(long seconds, String text) {
        assertEquals(text, Display.seconds(seconds));
    }
}
