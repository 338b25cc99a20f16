package io.daypass.engine.mysql;

import java.util.List;
import org.pf4j.Extension;

/** Makes MySQL, from 8.0 on, usable by the database engine; and MariaDB with names of MySQL's length. */
@Extension
public final class MySqlConnector extends ServerConnector {
    /** {@code USERNAME_CHAR_LENGTH} of MySQL. */
    static final int LONGEST_NAME = 32;

    @Override
    public List<String> names() {
        return List.of(
                "mysql-database-plugin",
                "mysql-legacy-database-plugin",
                "mysql-rds-database-plugin",
                "mysql-aurora-database-plugin",
                "mysql");
    }

    @Override
    public int longestName() {
        return LONGEST_NAME;
    }
}
