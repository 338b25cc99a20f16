package io.daypass.plugin.database;

import java.util.Objects;

/**
 * A user of the database.
 *
 * @param name of lower-case letters, digits, {@code _} and {@code -}
 * @param lockKey of the lock that its creation and its end exclude each other by; nobody else can guess it
 */
public record User(String name, long lockKey) {
    public User {
        Objects.requireNonNull(name, "name");
    }
}
