package io.daypass.plugin.database;

import io.daypass.plugin.Secret;
import java.time.Instant;
import java.util.Objects;

/**
 * A user to be created.
 *
 * @param user its name and lock
 * @param password of it
 * @param expiresAt its end, which the database keeps by itself
 */
public record NewUser(User user, Secret password, Instant expiresAt) {
    public NewUser {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
