package io.daypass.broker.http;

import io.daypass.broker.api.ApiException;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes the token out of a request's headers. */
final class Credentials {
    private static final String BEARER = "bearer ";

    private Credentials() {}

    /**
     * @param headers of the request
     * @return the token, from {@code X-Vault-Token} or {@code Authorization: Bearer}
     */
    static Optional<String> token(MultiMap headers) {
        Optional<String> own = one("X-Vault-Token", headers.getAll("X-Vault-Token").stream());
        Optional<String> bearer = one(
                "Authorization: Bearer",
                headers.getAll("Authorization").stream()
                        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                        .map(value -> value.substring(BEARER.length())));
        if (own.isPresent() && bearer.isPresent() && !own.equals(bearer)) {
            throw ApiException.badRequest(
                    "X-Vault-Token and Authorization: Bearer hold different tokens; send one of them");
        }
        return own.or(() -> bearer);
    }

    private static Optional<String> one(String header, Stream<String> values) {
        List<String> sent = values.map(String::strip)
                .filter(token -> !token.isEmpty())
                .distinct()
                .toList();
        if (sent.size() > 1) {
            throw ApiException.badRequest(header + ": it is there more than once, with different tokens; send one");
        }
        return sent.stream().findFirst();
    }
}
