package io.daypass.engine.mysql;

import java.util.List;
import org.pf4j.Extension;

/** Makes MariaDB, from 10.5 on, usable by the database engine, with the longer names that it allows. */
@Extension
public final class MariaDbConnector extends ServerConnector {
    /** {@code USERNAME_CHAR_LENGTH} of MariaDB. */
    private static final int LONGEST_NAME = 80;

    @Override
    public List<String> names() {
        return List.of("mariadb-database-plugin", "mariadb");
    }

    @Override
    public int longestName() {
        return LONGEST_NAME;
    }
}
