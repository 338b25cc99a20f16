package io.daypass.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "env", "field=connection.host"})
    void parse_readsWhatItWrites(String text) {
        assertEquals(text, Format.parse(text, "--format").toString());
    }

    @Test
    void parse_saysWhoGaveAWrongOne() {
        Failure failure = assertThrows(Failure.class, () -> Format.parse("yaml", "VAULT_FORMAT"));
        assertEquals(Exit.USAGE, failure.exit());
        assertEquals("VAULT_FORMAT: \"yaml\" is no format", failure.text());
        assertThrows(Failure.class, () -> Format.parse("field=", "-o"));
    }
}
