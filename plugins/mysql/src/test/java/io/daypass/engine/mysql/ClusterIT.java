package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.source.Missing;
import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.database.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Galera cluster, of one: its locks hold on one server alone, so no word of it is taken for long. */
class ClusterIT {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");

    @Test
    void cluster_isSaid_andVouchesOnlyAfterTheQuarantine() throws Exception {
        if (!Files.exists(PROVIDER)) {
            throw Missing.skip("there is no " + PROVIDER + " here; Debian's package is galera-4");
        }
        try (ShopServer server = Servers.fresh(MySqlSource.MARIADB_INSTALLED, options());
                Shop shop = Shop.of(server, server.port(), CLOCK)) {
            List<String> warnings = shop.database.target(shop.soon()).warnings();
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(warnings.get(0).contains("one of a cluster"), warnings::toString);
            User user = shop.created();
            shop.login(user).close();
            Instant now = CLOCK.instant();
            assertFalse(shop.settle(user, now.minusSeconds(1)));
            assertFalse(shop.exists(user));
            assertFalse(shop.settle(user, now.minus(Duration.ofMinutes(59))));
            assertTrue(shop.settle(user, now.minus(Duration.ofMinutes(61))));
        }
    }

    private static Map<String, String> options() throws IOException {
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of(
                    "wsrep_on",
                    "ON",
                    "wsrep_provider",
                    PROVIDER.toString(),
                    "wsrep_cluster_address",
                    "gcomm://",
                    "wsrep_node_address",
                    "127.0.0.1",
                    "wsrep_provider_options",
                    "gmcast.listen_addr=tcp://127.0.0.1:" + port.getLocalPort(),
                    "binlog_format",
                    "ROW",
                    "innodb_autoinc_lock_mode",
                    "2");
        }
    }
}
