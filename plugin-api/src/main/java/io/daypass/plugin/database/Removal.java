package io.daypass.plugin.database;

import java.util.List;
import java.util.Objects;

/**
 * How a role's users are ended.
 *
 * @param statements the role's own SQL, run for a user that exists before it is dropped; may be empty
 * @param dropOwned whether what the user owns is dropped; else it is given away
 * @param reassignTo whom to give it to; empty: the configured login
 */
public record Removal(List<String> statements, boolean dropOwned, String reassignTo) {
    public Removal {
        statements = List.copyOf(statements);
        Objects.requireNonNull(reassignTo, "reassignTo");
    }
}
