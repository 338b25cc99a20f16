package io.daypass.engine.mysql;

import java.util.Objects;

/**
 * Whom the server lets in.
 *
 * @param user its name
 * @param host where it may come from, such as {@code %}
 */
record Account(String user, String host) {
    Account {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(host, "host");
    }
}
