package io.daypass.plugin.database;

import io.daypass.plugin.Invalid;
import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * What makes one kind of database usable by the {@code database} engine. Stateless: all that is opened is a
 * {@link Database}. Except for what a {@link Database} does, nothing here does I/O.
 */
public interface DatabaseConnector extends ExtensionPoint {
    /**
     * What a connection's {@code plugin_name} may be to get this one, such as {@code postgresql-database-plugin}.
     *
     * @return at least one
     */
    List<String> names();

    /** The longest name of a user, in ASCII characters. */
    int longestName();

    /**
     * Reads the connection's URL.
     *
     * @throws Invalid naming the part that isn't allowed
     */
    Endpoint endpoint(DatabaseConfig config);

    /**
     * Reads a role's SQL before the role is stored.
     *
     * @return warnings for whoever wrote it
     * @throws Invalid naming the field, if it holds what must not run
     */
    List<String> check(Creation creation, List<String> renewal, Removal removal);

    /**
     * Reads the SQL that changes a password, before it is stored.
     *
     * @param field where it stands, for the error
     * @param statements may be empty
     * @throws Invalid naming the field, if they hold what must not run, or do nothing with the password
     */
    void checkRotation(String field, List<String> statements);

    /**
     * Whether only the configured login can be expected to have the rights that these statements need. Otherwise a
     * {@link MintingLogin} that was given the groups may run them too.
     */
    boolean needsConfiguredLogin(Creation creation);

    /**
     * Opens a database; it connects at first use.
     *
     * @throws Invalid if the URL can't be read
     */
    Database open(DatabaseConfig config, Sources sources);
}
