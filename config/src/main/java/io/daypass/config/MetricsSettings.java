package io.daypass.config;

import java.util.Optional;

/**
 * Where metrics can be fetched.
 *
 * @param address empty: by {@code sys/metrics} alone
 */
public record MetricsSettings(
        @Key("A second listener, plain HTTP and without tokens, that serves `/metrics` and nothing else. Without it,"
                + " metrics are had from `sys/metrics` with a token that may read it.")
        Optional<HostPort> address) {}
