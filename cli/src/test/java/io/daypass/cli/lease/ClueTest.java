package io.daypass.cli.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.cli.http.Json;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClueTest {
    private static final String CA = "SHA256:" + "c".repeat(43);
    private static final String OTHER = "SHA256:" + "o".repeat(43);
    private static final String KEY = "SHA256:" + "k".repeat(43);
    private static final String USER = "d-token-al-reader-e1sabcdefghijkl-1764000000";

    private static void leads(String clue, String name, String value) {
        assertEquals(Json.object().put(name, value), Clue.of(clue, Optional.empty()));
    }

    private static void leadsToCertificate(String clue) {
        assertEquals(Json.object().put("serial", "17").put("issuer", CA), Clue.of(clue, Optional.empty()));
    }

    @Test
    void lineOfSshd_leadsToItsCertificate() {
        leadsToCertificate("Accepted publickey for root from 127.0.0.1 port 50 ssh2: ED25519-CERT " + KEY
                + " ID daypass-alice-7f (serial 17) CA ED25519 " + CA);
        leadsToCertificate("Nov 24 15:00:00 web1 sshd[4711]: Accepted certificate ID \"daypass-alice-7f\" (serial 17)"
                + " signed by ED25519 CA " + CA + " via /etc/ssh/ca.pub\n");
    }

    /** A key id may be any text that its owner likes. */
    @Test
    void lineOfSshd_withAKeyIdThatLooksLikeOne_isNotMistaken() {
        leadsToCertificate("Accepted publickey for root from ::1 port 50 ssh2: ED25519-CERT " + KEY
                + " ID x (serial 5) CA ED25519 " + OTHER + " (serial 17) CA ED25519 " + CA);
    }

    @Test
    void user_isFoundAloneAndInALine() {
        leads(USER, "username", USER);
        leads(" " + USER + "\n", "username", USER);
        leads("2026-11-24 UTC [42] " + USER + "@shop LOG:  statement: select 1", "username", USER);
        leads("user=" + USER + ",db=shop LOG:  disconnection", "username", USER);
        leads("postgres", "username", "postgres");
    }

    @Test
    void serialAndLease_areToldByTheirForm() {
        leads("17", "serial", "17");
        leads("0000000000000011", "serial", "0000000000000011");
        leads("database/creds/reader/AAAA", "lease_id", "database/creds/reader/AAAA");
        assertEquals(Json.object().put("serial", "17").put("issuer", CA), Clue.of("17", Optional.of(CA)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " \n ", "Accepted password for root from 127.0.0.1 port 5 ssh2", "nothing to d-see here"})
    void anythingElse_isUsedWrongly(String clue) {
        assertEquals(
                Exit.USAGE,
                assertThrows(Failure.class, () -> Clue.of(clue, Optional.empty()))
                        .exit());
    }

    @Test
    void issuer_goesWithASerial() {
        assertThrows(Failure.class, () -> Clue.of(USER, Optional.of(CA)));
    }
}
