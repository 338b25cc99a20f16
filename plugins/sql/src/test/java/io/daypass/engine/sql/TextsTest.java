package io.daypass.engine.sql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read and filled in. */
class TextsTest {
    @Test
    void placeholders_areFilledInOnePass() {
        assertEquals(
                "a {{password}} $1 {{other}}",
                Placeholders.filled(
                        "{{name}} {{username}} {{other}}", Map.of("name", "a", "username", "{{password}} $1")));
    }

    @Test
    void placeholders_areKnown_andInQuotes() {
        assertDoesNotThrow(() -> Placeholders.check("f", "'{{name}}'", " "));
        assertThrows(Invalid.class, () -> Placeholders.check("f", "'{{lease}}'", " "));
        assertThrows(Invalid.class, () -> Placeholders.check("f", "{{name}}", "{{name}}"));
        assertTrue(Placeholders.uses(List.of("x", "'{{name}}'"), Placeholders.NAME));
        assertFalse(Placeholders.isIn("{name} {{ name }}"));
    }

    @Test
    void option_isNamedIfItPrints_withTheNearest() {
        assertEquals(
                "tsl, which is not among tls, timeout; did you mean tls?",
                OptionNames.unknown("tsl", List.of("tls", "timeout")));
        assertEquals("(?), which is not among tls", OptionNames.unknown("a\nb c d e f", List.of("tls")));
    }

    @Test
    void url_partsAreChecked() {
        assertEquals("a b+", UrlText.database("a%20b+"));
        assertThrows(Invalid.class, () -> UrlText.database("a%0a"));
        assertThrows(Invalid.class, () -> UrlText.decoded("%x"));
        assertThrows(Invalid.class, () -> UrlText.port("65536"));
        assertThrows(Invalid.class, () -> UrlText.checkUser("root:secret"));
        assertThrows(Invalid.class, () -> UrlText.checkLength("x".repeat(2049)));
    }

    @Test
    void certificates_areInPem() {
        assertEquals(
                "tls_ca",
                assertThrows(Invalid.class, () -> PemCertificates.read("x")).field());
        assertThrows(Invalid.class, () -> PemCertificates.read(""));
    }
}
