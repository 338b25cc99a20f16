package io.daypass.plugin.database;

import io.daypass.plugin.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The change of the password of a login that is there already: the configured one, or one that people and programs share.
 *
 * @param user its name, free of quotes, backslashes, {@code $}, <code>{{</code> and control characters; and the lock that
 *     its changes exclude each other by
 * @param password the new one
 * @param previous the one that holds until then, to be put back if the login is locked out; empty: nobody here knows it
 * @param statements the operator's own SQL for it, with <code>{{name}}</code> and <code>{{password}}</code> in it; empty:
 *     what the database does that with
 * @param scramIterations how often a password is hashed for the verifier that is sent in its place, where there is one
 */
public record PasswordChange(
        User user, Secret password, Optional<Secret> previous, List<String> statements, int scramIterations) {
    public PasswordChange {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(previous, "previous");
        statements = List.copyOf(statements);
    }
}
