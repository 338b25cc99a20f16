package io.daypass.engine.postgresql;

import io.daypass.plugin.Invalid;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The options that a connection's URL may have.
 *
 * @param sslmode one of libpq's; empty: not given
 * @param connectTimeoutSeconds how long a connection may take
 * @param applicationName what {@code pg_stat_activity} shows
 */
record UrlOptions(String sslmode, int connectTimeoutSeconds, String applicationName) {
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final List<String> NAMES =
            List.of("sslmode", "connectTimeout", "ApplicationName", "targetServerType", "user", "password");
    private static final int DEFAULT_CONNECT_TIMEOUT_SECONDS = 3;
    private static final int LONGEST_CONNECT_TIMEOUT_SECONDS = 60;
    private static final int LONGEST_APPLICATION_NAME = 63;
    private static final int FAR_OFF = 4;

    /**
     * @param query what stands after the question mark
     * @throws Invalid naming the option
     */
    static UrlOptions parse(String query) {
        Map<String, String> given = new HashMap<>();
        for (String each : query.split("&", -1)) {
            if (each.isEmpty()) {
                continue;
            }
            int equals = each.indexOf('=');
            String name = ConnectionUrl.decoded(equals < 0 ? each : each.substring(0, equals));
            if (!NAMES.contains(name)) {
                throw ConnectionUrl.invalid("has the option " + unknown(name));
            }
            if (given.put(name, equals < 0 ? "" : ConnectionUrl.decoded(each.substring(equals + 1))) != null) {
                throw ConnectionUrl.invalid("has the option " + name + " twice");
            }
        }
        mustBe(given, "user", "{{username}}");
        mustBe(given, "password", "{{password}}");
        mustBe(given, "targetServerType", "primary");
        return new UrlOptions(sslmode(given), connectTimeout(given), applicationName(given));
    }

    private static String unknown(String name) {
        if (name.equals("sslrootcert")) {
            return "sslrootcert, which names a file: put the certificate itself into tls_ca";
        }
        String nearest = NAMES.stream()
                .filter(each -> !each.equals("user") && !each.equals("password"))
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
                .orElseThrow();
        String printable = name.length() <= 40 && name.chars().allMatch(c -> c > 0x20 && c < 0x7f) ? name : "(?)";
        String hint = distance(name, nearest) < FAR_OFF ? "; did you mean " + nearest + "?" : "";
        return printable + ", which is not among sslmode, connectTimeout, ApplicationName, targetServerType" + hint;
    }

    private static void mustBe(Map<String, String> given, String name, String only) {
        String value = given.get(name);
        if (value != null && !value.equals(only)) {
            throw ConnectionUrl.invalid("may have the option " + name + " only as " + name + "=" + only);
        }
    }

    private static String sslmode(Map<String, String> given) {
        String mode = given.getOrDefault("sslmode", "");
        if (!mode.isEmpty() && !SSL_MODES.contains(mode)) {
            throw ConnectionUrl.invalid("has an sslmode that is not one of " + String.join(", ", SSL_MODES));
        }
        return mode;
    }

    private static int connectTimeout(Map<String, String> given) {
        String text = given.get("connectTimeout");
        if (text == null) {
            return DEFAULT_CONNECT_TIMEOUT_SECONDS;
        }
        int seconds = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (seconds < 1 || seconds > LONGEST_CONNECT_TIMEOUT_SECONDS) {
            throw ConnectionUrl.invalid(
                    "has a connectTimeout that is not between 1 and " + LONGEST_CONNECT_TIMEOUT_SECONDS + " seconds");
        }
        return seconds;
    }

    private static String applicationName(Map<String, String> given) {
        String name = given.getOrDefault("ApplicationName", "daypass");
        if (name.length() > LONGEST_APPLICATION_NAME || !name.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw ConnectionUrl.invalid(
                    "has an ApplicationName that is not at most " + LONGEST_APPLICATION_NAME + " printable characters");
        }
        return name;
    }

    /** How many characters must be inserted, removed or replaced to make one of the other, but for their case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
