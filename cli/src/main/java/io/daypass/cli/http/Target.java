package io.daypass.cli.http;

import io.daypass.cli.shell.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The broker that is spoken to.
 *
 * @param address where it listens: {@code http} or {@code https}, a host, a port
 * @param bearer the caller's token; null if there is none
 * @param authority PEM certificates of the authorities that are trusted; null for those of the JDK
 * @param connectTimeout how long connecting may take
 * @param readTimeout how long the broker may be mute
 * @param reason why, to be kept with leases; null if none was given
 * @param origin who chose the address, as an error would say it
 */
public record Target(
        URI address,
        @Nullable Secret bearer,
        @Nullable String authority,
        Duration connectTimeout,
        Duration readTimeout,
        @Nullable String reason,
        String origin) {
    /** The same, with another token; null for none. */
    public Target as(@Nullable Secret other) {
        return new Target(address, other, authority, connectTimeout, readTimeout, reason, origin);
    }

    /** The same, with other limits. */
    public Target timeouts(Duration connect, Duration read) {
        return new Target(address, bearer, authority, connect, read, reason, origin);
    }
}
