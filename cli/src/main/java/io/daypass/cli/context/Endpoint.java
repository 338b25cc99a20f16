package io.daypass.cli.context;

import io.daypass.cli.shell.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A broker, and how to speak to it.
 *
 * @param address where it listens
 * @param bearer the token; null if there is none
 * @param authority PEM certificates of the authorities that are trusted; null for those of the JDK
 */
public record Endpoint(
        Setting<URI> address,
        @Nullable Setting<Secret> bearer,
        @Nullable Setting<String> authority) {
    /** The same, with another token. */
    Endpoint bearer(Setting<Secret> other) {
        return new Endpoint(address, other, authority);
    }

    /** The same, with other authorities. */
    Endpoint authority(Setting<String> other) {
        return new Endpoint(address, bearer, other);
    }
}
