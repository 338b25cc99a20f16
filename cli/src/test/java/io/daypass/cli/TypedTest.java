package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedTest {
    @Test
    void read_findsTheCommandWherever() {
        Typed typed = typed("-address", "http://x", "--quiet", "secrets", "list", "-o", "json");
        assertEquals("secrets list", words(typed));
        assertEquals(List.of("-address", "http://x", "--quiet", "-o", "json"), typed.rest());
    }

    @Test
    void read_prefersOneWordWhereTwoAreNone() {
        Typed typed = typed("list", "secrets");
        assertEquals("list", words(typed));
        assertEquals(List.of("secrets"), typed.rest());
    }

    @Test
    void read_groupAlone_isNoCommand() {
        Typed typed = typed("secrets", "-h");
        assertNull(typed.entry());
        assertEquals(List.of("secrets"), typed.words());
        assertTrue(typed.asksForHelp());
    }

    @Test
    void read_versionAsAnOption() {
        assertEquals("version", words(typed("-version")));
        assertEquals("read", words(typed("read", "--version")));
    }

    private static Typed typed(String... arguments) {
        return Typed.read(List.of(arguments));
    }

    private static String words(Typed typed) {
        Entry entry = typed.entry();
        return entry == null ? "" : entry.words();
    }
}
