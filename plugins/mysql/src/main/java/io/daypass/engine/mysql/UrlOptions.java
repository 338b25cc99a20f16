package io.daypass.engine.mysql;

import io.daypass.engine.sql.OptionNames;
import io.daypass.engine.sql.UrlText;
import io.daypass.plugin.Invalid;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options that a connection's URL may have, by the names that the drivers of Java and of Go have for them.
 *
 * @param sslMode how the connection is protected; empty: not said
 * @param connectTimeout how long a connection may take
 */
record UrlOptions(Optional<SslMode> sslMode, Duration connectTimeout) {
    private static final String SSL_MODE = "sslMode";
    private static final String TLS = "tls";
    private static final String CONNECT_TIMEOUT = "connectTimeout";
    private static final String TIMEOUT = "timeout";
    /** Of Go's driver, and often there: it says how that one reads dates. */
    private static final String PARSE_TIME = "parseTime";

    private static final List<String> OFFERED = List.of(SSL_MODE, TLS, CONNECT_TIMEOUT, TIMEOUT, PARSE_TIME);
    private static final Set<String> CREDENTIALS = Set.of("user", "password");
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LONGEST_CONNECT_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,5}");
    private static final Pattern GO_DURATION = Pattern.compile("(?<number>[0-9]{1,5})(?<unit>ms|s)");

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
                throw UrlText.invalid("has the option " + OptionNames.unknown(name, OFFERED));
            }
            if (given.put(name, equals < 0 ? "" : UrlText.decoded(each.substring(equals + 1))) != null) {
                throw UrlText.invalid("has the option " + name + " twice");
            }
        }
        mustBe(given, "user", "{{username}}");
        mustBe(given, "password", "{{password}}");
        notBoth(given, SSL_MODE, TLS);
        notBoth(given, CONNECT_TIMEOUT, TIMEOUT);
        return new UrlOptions(sslMode(given), connectTimeout(given));
    }

    private static void mustBe(Map<String, String> given, String name, String only) {
        String value = given.get(name);
        if (value != null && !value.equals(only)) {
            throw UrlText.invalid("may have the option " + name + " only as " + name + "=" + only);
        }
    }

    private static void notBoth(Map<String, String> given, String one, String other) {
        if (given.containsKey(one) && given.containsKey(other)) {
            throw UrlText.invalid("has the options " + one + " and " + other + ", which say the same");
        }
    }

    private static Optional<SslMode> sslMode(Map<String, String> given) {
        String text = given.getOrDefault(SSL_MODE, given.get(TLS));
        if (text == null) {
            return Optional.empty();
        }
        Optional<SslMode> mode = SslMode.named(text);
        if (mode.isEmpty()) {
            throw UrlText.invalid("has an sslMode that is not one of DISABLED, PREFERRED, REQUIRED, VERIFY_CA,"
                    + " VERIFY_IDENTITY, or a tls that is not one of false, preferred, skip-verify, true");
        }
        return mode;
    }

    private static Duration connectTimeout(Map<String, String> given) {
        Duration time = DEFAULT_CONNECT_TIMEOUT;
        String millis = given.get(CONNECT_TIMEOUT);
        String text = given.get(TIMEOUT);
        if (millis != null) {
            time = MILLIS.matcher(millis).matches() ? Duration.ofMillis(Long.parseLong(millis)) : Duration.ZERO;
        } else if (text != null) {
            time = goDuration(text);
        }
        if (time.isZero() || time.compareTo(LONGEST_CONNECT_TIMEOUT) > 0) {
            throw UrlText.invalid("has a connectTimeout (milliseconds) or a timeout (such as 3s) that is not"
                    + " between 1 ms and 60 s");
        }
        return time;
    }

    private static Duration goDuration(String text) {
        Matcher matcher = GO_DURATION.matcher(text);
        if (!matcher.matches()) {
            return Duration.ZERO;
        }
        long number = Long.parseLong(matcher.group("number"));
        return matcher.group("unit").equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }
}
