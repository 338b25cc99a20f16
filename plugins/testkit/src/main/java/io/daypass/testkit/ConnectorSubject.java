package io.daypass.testkit;

import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.DatabaseConnector;
import io.daypass.plugin.database.Removal;
import java.util.List;

/** A database connector and a real database of its kind, as the {@linkplain ConnectorContract contract} needs to know them. */
public abstract class ConnectorSubject {
    /** The connector. */
    protected abstract DatabaseConnector connector();

    /** The way to the database; {@link #login} and {@link #exists} take another. */
    protected abstract Link link();

    /** How the database is reached over {@link #link}, by a login with the rights that the manual asks for. */
    protected abstract DatabaseConfig config();

    /** How a user is made who can log in. */
    protected abstract Creation creation();

    /** A creation that passes {@code check}, begins to make a user, and is then refused by the database. */
    protected abstract Creation refusedCreation();

    /** Statements that change a user's password to <code>{{password}}</code>, in the database's own words. */
    protected abstract List<String> rotation();

    /**
     * Statements like {@link #rotation}, which pass {@code checkRotation} and leave the user unable to log in with the password:
     * since they set another one, say, or forbid all logins.
     */
    protected abstract List<List<String>> lockingOut();

    /** How a user is ended. */
    protected Removal removal() {
        return new Removal(List.of(), false, "");
    }

    /** A session of a user of the database. */
    public interface Session extends AutoCloseable {
        /** Asks the database something through it, and answers whether there was an answer. */
        boolean isAlive();

        @Override
        void close();
    }

    /**
     * Logs in.
     *
     * @throws Exception if the database refuses
     */
    protected abstract Session login(String name, String password) throws Exception;

    /** Whether there is a user of that name, able to log in or not. */
    protected abstract boolean exists(String name) throws Exception;
}
