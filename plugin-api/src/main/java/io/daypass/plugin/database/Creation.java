package io.daypass.plugin.database;

import java.util.List;

/**
 * How a role's users are made.
 *
 * @param statements the role's SQL, with <code>{{name}}</code> and its like in it
 * @param groups roles of the database that its users become members of
 * @param scramIterations how often a password is hashed for the verifier that is sent in its place
 */
public record Creation(List<String> statements, List<String> groups, int scramIterations) {
    public Creation {
        statements = List.copyOf(statements);
        groups = List.copyOf(groups);
    }
}
