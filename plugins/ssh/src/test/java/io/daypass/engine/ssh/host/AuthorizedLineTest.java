package io.daypass.engine.ssh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.engine.ssh.Seeded;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.role.ARole;
import io.daypass.plugin.Invalid;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthorizedLineTest {
    private static final SshPublicKey KEY = Seeded.pair("ed25519", 0, 1).publicKey();
    private static final Instant END = Instant.parse("2026-01-02T03:04:05.678Z");

    private static String options(Map<String, String> critical, Map<String, String> extensions) {
        String line = AuthorizedLine.of(
                KEY,
                ARole.with(Map.of("defaultCriticalOptions", critical, "defaultExtensions", extensions)),
                END,
                "d-mark");
        String rest = " " + KEY.line() + " d-mark";
        assertEquals(rest, line.substring(line.length() - rest.length()));
        return line.substring(0, line.length() - rest.length());
    }

    @Test
    void line_isRestricted_andEnds() {
        assertEquals("restrict,expiry-time=\"20260102030405Z\"", options(Map.of(), Map.of()));
    }

    @Test
    void line_grantsWhatTheRoleSays() {
        assertEquals(
                "restrict,expiry-time=\"20260102030405Z\",agent-forwarding,pty,verify-required,"
                        + "command=\"echo \\\"hi\\\"\",from=\"10.0.0.0/8\"",
                options(
                        Map.of(
                                "force-command", "echo \"hi\"",
                                "source-address", "10.0.0.0/8",
                                "verify-required", ""),
                        Map.of("permit-pty", "", "permit-agent-forwarding", "", "x@y", "z")));
    }

    @Test
    void line_withAValueThatWouldEscapeItsQuote_isRefused() {
        assertThrows(Invalid.class, () -> options(Map.of("force-command", "echo \\"), Map.of()));
    }

    @Test
    void word_ofAShell_staysOne() {
        assertEquals("'a'\\''b$(c)`d`'", Script.quoted("a'b$(c)`d`"));
    }
}
