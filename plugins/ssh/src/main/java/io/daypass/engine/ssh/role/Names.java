package io.daypass.engine.ssh.role;

import io.daypass.plugin.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What users, hosts and key ids may be called in a certificate. */
public final class Names {
    /** The longest user name, which is ASCII, and the longest key id, in characters. */
    public static final int LONGEST = 255;

    /**
     * The longest key id as sshd logs it. A line of its log has 1,023 characters, and what is beyond them is lost: the serial
     * and the CA, which stand behind the key id and by which its lease is found. What stands around a key id takes 500 at the
     * most.
     */
    private static final int LONGEST_LOGGED = 510;

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.@+=:/\\\\$~%#][A-Za-z0-9_.@+=:/\\\\$~%#-]*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int LONGEST_HOST = 253;

    private Names() {}

    /** A user: ASCII without blanks, commas, quotes and what sshd's patterns are made of, and no option of a command. */
    public static void user(String field, String name) {
        if (name.length() > LONGEST) {
            throw new Invalid(field, "a user name is of " + name.length() + " characters, more than " + LONGEST);
        }
        if (!USER.matcher(name).matches()) {
            throw new Invalid(
                    field,
                    "a user name holds a character that it can't: letters, digits and _.@+=:/\\$~%#- are"
                            + " what it may hold, and it must not begin with a dash");
        }
    }

    /** A host: a name of DNS as it is compared, in lower case, without a dot at its end and without wildcards; or an address. */
    public static void host(String field, String name) {
        if (Cidr.isAddress(name)) {
            return;
        }
        if (name.endsWith(".")) {
            throw new Invalid(field, "a host name must not end with a dot");
        }
        if (name.contains("*") || name.contains("?") || name.contains("!")) {
            throw new Invalid(field, "a host name must not hold wildcards: ssh would match every host with it");
        }
        if (name.chars().anyMatch(c -> c > 0x7e)) {
            throw new Invalid(field, "a host name must be ASCII: write an international one in its xn-- form");
        }
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new Invalid(field, "a host name must be in lower case, as ssh compares it");
        }
        if (name.length() > LONGEST_HOST || !isLabels(name)) {
            throw new Invalid(field, "isn't a host name: letters, digits and inner dashes, at most 63 between dots");
        }
    }

    private static boolean isLabels(String name) {
        for (String label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** A key id, which sshd writes into its log: one line of printable characters. */
    public static void keyId(String field, String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            throw new Invalid(field, "a key id is of 1 to " + LONGEST + " characters, not " + id.length());
        }
        if (id.isBlank() || id.codePoints().anyMatch(Names::isMisleading)) {
            throw new Invalid(
                    field,
                    "a key id must not be blank, and hold no control characters, line ends or quotes, nor what isn't"
                            + " seen but changes how the rest is");
        }
        int logged = logged(id);
        if (logged > LONGEST_LOGGED) {
            throw new Invalid(
                    field,
                    "a key id is of at most " + LONGEST_LOGGED + " characters as sshd logs it, not " + logged
                            + ": there each byte of what isn't ASCII takes four, and a backslash two");
        }
    }

    /** How long it is in sshd's log, which writes what isn't ASCII as {@code \303\274} (strnvis of OpenSSH's log.c). */
    private static int logged(String id) {
        int length = 0;
        for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
            length += each < 0 ? 4 : each == '\\' ? 2 : 1;
        }
        return length;
    }

    private static boolean isMisleading(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> point == '"';
        };
    }
}
