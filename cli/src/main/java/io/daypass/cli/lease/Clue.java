package io.daypass.cli.lease;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.http.Json;
import io.daypass.cli.shell.Failure;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody saw of a credential, as the question to the broker: a line of sshd's log, a user of a database or a line
 * with one, a serial, a lease's id.
 */
final class Clue {
    private static final int LONGEST = 64 * 1024;

    /**
     * What sshd writes behind the key id, which is any text, so the last place in the line is the one that counts. From
     * auth2-pubkey.c: {@code ID x (serial 1) CA ED25519 SHA256:y} and {@code ID "x" (serial 1) signed by ED25519 CA
     * SHA256:y}.
     */
    private static final Pattern SSHD =
            Pattern.compile("\\(serial ([0-9]{1,19})\\) (?:CA \\S+|signed by \\S+ CA) (SHA256:[A-Za-z0-9+/]{43})");

    /** A user as the broker names them, wherever it stands. */
    private static final Pattern USER = Pattern.compile("(?<![A-Za-z0-9_-])d-[a-z0-9_-]*[a-z0-9]{13}[a-z0-9_-]*");

    private static final Pattern SERIAL = Pattern.compile("[0-9]{1,19}|[0-9a-f]{16}");

    private Clue() {}

    /**
     * The question.
     *
     * @param issuer the CA's fingerprint, where it isn't in the text
     * @throws Failure if nothing is in it that leads to a lease
     */
    static ObjectNode of(String text, Optional<String> issuer) {
        String clue = text.strip();
        if (clue.length() > LONGEST) {
            throw Failure.usage("that is longer than a line of a log");
        }
        ObjectNode asked = asked(clue);
        if (issuer.isPresent()) {
            if (!asked.has("serial")) {
                throw Failure.usage("--ca goes with a serial", "daypass who 17 --ca SHA256:...");
            }
            asked.put("issuer", issuer.get());
        }
        return asked;
    }

    private static ObjectNode asked(String clue) {
        ObjectNode asked = Json.object();
        MatchResult login = login(clue);
        if (login != null) {
            return asked.put("serial", login.group(1)).put("issuer", login.group(2));
        }
        if (SERIAL.matcher(clue).matches()) {
            return asked.put("serial", clue);
        }
        Matcher user = USER.matcher(clue);
        boolean oneWord = !clue.isEmpty() && clue.chars().noneMatch(Character::isWhitespace);
        if (oneWord && clue.indexOf('/') >= 0) {
            return asked.put("lease_id", clue);
        }
        if (user.find()) {
            return asked.put("username", user.group());
        }
        if (oneWord) {
            return asked.put("username", clue);
        }
        throw Failure.usage(
                "there is no database user, serial, lease or line of sshd's with a certificate in that",
                "daypass who d-alice-reader-...",
                "daypass who 'Accepted publickey for ... (serial 17) CA ED25519 SHA256:...'");
    }

    /** Where a line of sshd's says which certificate; null: nowhere. */
    private static @Nullable MatchResult login(String clue) {
        MatchResult last = null;
        Matcher found = SSHD.matcher(clue);
        while (found.find()) {
            last = found.toMatchResult();
        }
        return last;
    }
}
