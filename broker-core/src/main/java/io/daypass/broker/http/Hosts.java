package io.daypass.broker.http;

import io.daypass.broker.api.ApiException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which {@code Host} a request may name. A page that has its own name rebound to our address names its own. */
public final class Hosts {
    /** Any host. */
    public static final Hosts ANY = new Hosts(null);

    private final @Nullable Set<String> known;

    private Hosts(@Nullable Set<String> known) {
        this.known = known;
    }

    /** These hosts, and the names of this machine to itself. */
    public static Hosts only(String address) {
        return new Hosts(Stream.of("localhost", "127.0.0.1", "[::1]", "::1", address.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** @throws ApiException 421 if the request was meant for another host */
    void check(HttpServerRequest request) {
        if (known == null) {
            return;
        }
        HostAndPort authority = request.authority();
        if (authority == null || !known.contains(authority.host().toLowerCase(Locale.ROOT))) {
            throw ApiException.misdirected(
                    "this development server answers to localhost and its own address only; ask it by one of these");
        }
    }
}
