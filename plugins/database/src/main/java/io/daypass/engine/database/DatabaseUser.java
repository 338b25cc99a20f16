package io.daypass.engine.database;

import io.daypass.plugin.database.Removal;
import java.util.List;

/**
 * The handle of a lease: all that ending a user takes, whatever becomes of its role.
 *
 * @param connection the name of the connection's entry
 * @param identity of the server and database that the user was drafted for; empty: not known then
 * @param login that makes and ends it; empty: the connection's own
 * @param name of the user
 * @param renewal the role's renew statements
 * @param revocation the role's revocation statements
 * @param ownedObjects what becomes of what it owns
 * @param reassignTo who gets it; empty: the connection's own login
 */
record DatabaseUser(
        String connection,
        String identity,
        String login,
        String name,
        List<String> renewal,
        List<String> revocation,
        OwnedObjects ownedObjects,
        String reassignTo) {
    Removal removal() {
        return new Removal(revocation, ownedObjects == OwnedObjects.DROP, reassignTo);
    }

    /** What users must have in common to be ended by one call. */
    Object ending() {
        return new Ending(connection, identity, login, removal());
    }

    private record Ending(String connection, String identity, String login, Removal removal) {}
}
