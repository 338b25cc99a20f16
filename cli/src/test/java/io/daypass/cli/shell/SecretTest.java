package io.daypass.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void toString_hides() {
        assertEquals("(hidden)", String.valueOf(Secret.of("s.abc")));
        assertEquals("s.abc", Secret.of("s.abc").reveal());
    }
}
