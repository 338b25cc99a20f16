package io.daypass.engine.mysql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a connection is protected, in the words of MySQL's own programs. */
enum SslMode {
    /** Not at all. */
    DISABLED,
    /** By TLS if the server offers it; it may be anybody's. */
    PREFERRED,
    /** By TLS; the server may be anybody's. */
    REQUIRED,
    /** By TLS to a server whose certificate descends from one that is trusted. */
    VERIFY_CA,
    /** The same, and its certificate is of the name that was asked for. */
    VERIFY_IDENTITY;

    /** What the other drivers call them. */
    private static final Map<String, SslMode> OTHER_NAMES = Map.of(
            "disable", DISABLED,
            "trust", REQUIRED,
            "verify_full", VERIFY_IDENTITY,
            "false", DISABLED,
            "preferred", PREFERRED,
            "skip_verify", REQUIRED,
            "true", VERIFY_IDENTITY);

    /** @return empty if there is none of that name */
    static Optional<SslMode> named(String text) {
        String name = text.toLowerCase(Locale.ROOT).replace('-', '_');
        for (SslMode each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.ofNullable(OTHER_NAMES.get(name));
    }

    /**
     * The mode to be used.
     *
     * @param given by the URL
     * @param ca certificates that the server's must descend from; empty: none given
     */
    static SslMode of(Optional<SslMode> given, String ca) {
        return given.orElse(ca.isEmpty() ? PREFERRED : VERIFY_IDENTITY);
    }
}
