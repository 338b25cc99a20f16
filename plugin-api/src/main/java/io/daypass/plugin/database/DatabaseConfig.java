package io.daypass.plugin.database;

import io.daypass.plugin.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a database is reached.
 *
 * @param connectionUrl with <code>{{username}}</code> and <code>{{password}}</code> where they go
 * @param username the configured login
 * @param password of it; may be empty
 * @param tlsCa certificates in PEM that the server's must descend from; empty: those that the JVM trusts
 * @param maxOpen the most connections, of all logins together
 * @param maxIdle the most that are kept open unused
 * @param maxLifetime after which a connection is replaced; zero: never
 * @param mintingLogins logins that create users beside the configured one
 */
public record DatabaseConfig(
        String connectionUrl,
        String username,
        Secret password,
        String tlsCa,
        int maxOpen,
        int maxIdle,
        Duration maxLifetime,
        List<MintingLogin> mintingLogins) {
    public DatabaseConfig {
        Objects.requireNonNull(connectionUrl, "connectionUrl");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(tlsCa, "tlsCa");
        Objects.requireNonNull(maxLifetime, "maxLifetime");
        mintingLogins = List.copyOf(mintingLogins);
        if (maxOpen < 1) {
            throw new IllegalArgumentException("maxOpen is at least 1");
        }
    }
}
