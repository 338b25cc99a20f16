package io.daypass.engine.postgresql;

import io.daypass.engine.sql.OptionNames;
import io.daypass.engine.sql.UrlText;
import io.daypass.plugin.Invalid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private static final List<String> OFFERED =
            List.of("sslmode", "connectTimeout", "ApplicationName", "targetServerType");
    private static final Set<String> CREDENTIALS = Set.of("user", "password");
    private static final int DEFAULT_CONNECT_TIMEOUT_SECONDS = 3;
    private static final int LONGEST_CONNECT_TIMEOUT_SECONDS = 60;
    private static final int LONGEST_APPLICATION_NAME = 63;

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
            String name = UrlText.decoded(equals < 0 ? each : each.substring(0, equals));
            if (!OFFERED.contains(name) && !CREDENTIALS.contains(name)) {
                throw UrlText.invalid("has the option " + unknown(name));
            }
            if (given.put(name, equals < 0 ? "" : UrlText.decoded(each.substring(equals + 1))) != null) {
                throw UrlText.invalid("has the option " + name + " twice");
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
        return OptionNames.unknown(name, OFFERED);
    }

    private static void mustBe(Map<String, String> given, String name, String only) {
        String value = given.get(name);
        if (value != null && !value.equals(only)) {
            throw UrlText.invalid("may have the option " + name + " only as " + name + "=" + only);
        }
    }

    private static String sslmode(Map<String, String> given) {
        String mode = given.getOrDefault("sslmode", "");
        if (!mode.isEmpty() && !SSL_MODES.contains(mode)) {
            throw UrlText.invalid("has an sslmode that is not one of " + String.join(", ", SSL_MODES));
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
            throw UrlText.invalid(
                    "has a connectTimeout that is not between 1 and " + LONGEST_CONNECT_TIMEOUT_SECONDS + " seconds");
        }
        return seconds;
    }

    private static String applicationName(Map<String, String> given) {
        String name = given.getOrDefault("ApplicationName", "daypass");
        if (name.length() > LONGEST_APPLICATION_NAME || !name.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw UrlText.invalid(
                    "has an ApplicationName that is not at most " + LONGEST_APPLICATION_NAME + " printable characters");
        }
        return name;
    }
}
