package io.daypass.plugin.database;

import java.util.Objects;

/**
 * Where users live.
 *
 * @param identity what {@link Target#identity} was when they were drafted; a database that is another is left alone.
 *     Empty: not known yet
 * @param login the {@link MintingLogin} that makes and ends them; empty: the configured login
 */
public record Place(String identity, String login) {
    public Place {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(login, "login");
    }
}
