package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.MySqlServer;
import io.daypass.embedded.source.MySqlSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Leases of MariaDB's users, from the connection's entry to their end, with a broker as it is delivered. */
@ExtendWith(World.Extension.class)
final class MariaDbIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BROKER_PASSWORD = "password-of-the-broker";

    private MySqlServer server;
    private Api root;
    private String path;

    @BeforeEach
    void mount(World world) throws IOException, SQLException {
        server = MySqlSource.MARIADB_INSTALLED.start(world.newDirectory(), Map.of());
        server.run(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.goods (name varchar(20))",
                "CREATE USER 'broker'@'%' IDENTIFIED BY '" + BROKER_PASSWORD + "'",
                "GRANT CREATE USER, PROCESS, CONNECTION ADMIN ON *.* TO 'broker'@'%'",
                "GRANT SELECT ON mysql.user TO 'broker'@'%'",
                "GRANT SELECT ON shop.* TO 'broker'@'%' WITH GRANT OPTION");
        root = world.broker().root();
        path = "maria" + COUNT.incrementAndGet();
        root.write("sys/mounts/" + path, Map.of("type", "database")).ok();
        root.write(
                        path + "/config/shop",
                        Map.of(
                                "plugin_name",
                                "mariadb-database-plugin",
                                "connection_url",
                                "{{username}}:{{password}}@tcp(127.0.0.1:" + server.port() + ")/",
                                "username",
                                "broker",
                                "password",
                                BROKER_PASSWORD,
                                "allowed_roles",
                                "*"))
                .ok();
        root.write(path + "/roles/reader", role()).ok();
    }

    private static Map<String, Object> role() {
        return Map.of(
                "db_name",
                "shop",
                "default_ttl",
                "1h",
                "creation_statements",
                "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'; GRANT SELECT ON shop.* TO '{{name}}'@'%';");
    }

    @AfterEach
    void close() {
        root.put("sys/leases/revoke-prefix/" + path, Map.of()).ok();
        Await.until(SOON, "no row is left", () -> rows() == 0);
        server.close();
    }

    private int rows() {
        return root.read("sys/leases/query?limit=1000&prefix=" + path)
                .ok()
                .data()
                .path("leases")
                .size();
    }

    private Answer creds(String query) {
        return root.read(path + "/creds/reader" + query);
    }

    private boolean reads(Answer lease) {
        try (Connection login = login(lease);
                Statement statement = login.createStatement()) {
            return statement.execute("SELECT * FROM shop.goods");
        } catch (SQLException refused) {
            return false;
        }
    }

    private Connection login(Answer lease) throws SQLException {
        return server.connect("shop", lease.data("username"), lease.data("password"));
    }

    private int users() throws SQLException {
        return Integer.parseInt(server.ask("SELECT COUNT(*) FROM mysql.user WHERE User LIKE 'd-%'"));
    }

    @Test
    void lease_works_andIsOverOnceItIsRevoked_withItsSessions() throws SQLException {
        Answer lease = creds("").ok();
        assertTrue(reads(lease));
        try (Connection open = login(lease)) {
            root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
            assertFalse(open.isValid(1));
        }
        assertFalse(reads(lease));
        assertEquals(0, users());
    }

    @Test
    void lease_thatExpires_isOver() throws SQLException {
        Answer brief = creds("?ttl=3s").ok();
        Answer longer = creds("").ok();
        assertTrue(reads(brief));
        Await.until(SOON, "it is over", () -> !reads(brief));
        assertTrue(reads(longer));
        assertEquals(1, users());
    }

    @Test
    void lease_thatExpiresWhileTheServerIsDown_isOverSoonAfterItIsBack() throws Exception {
        Answer brief = creds("?ttl=3s").ok();
        Answer longer = creds("").ok();
        server.kill();
        assertEquals(502, creds("").status());
        Await.until(SOON, "it is being revoked", () -> rowsBeingRevoked() > 0);
        server.restart();
        Await.until(SOON, "it is over, and so is what was asked for meanwhile", () -> users() == 1 && rows() == 1);
        assertFalse(reads(brief));
        assertTrue(reads(longer));
        Await.until(SOON, "leases are to be had again", () -> creds("").isOk());
    }

    private int rowsBeingRevoked() {
        return root.read("sys/leases/query?limit=1000&state=revoking&prefix=" + path)
                .ok()
                .data()
                .path("leases")
                .size();
    }

    @Test
    void renewal_goesFurther_butNotForAUserThatSomebodyDropped() throws SQLException {
        Answer lease = creds("?ttl=60s").ok();
        Answer renewed = root.put("sys/leases/renew", Map.of("lease_id", lease.leaseId(), "increment", "10m"))
                .ok();
        assertTrue(renewed.leaseSeconds() > 500, "" + renewed.leaseSeconds());
        server.run("DROP USER '" + lease.data("username") + "'@'%'");
        assertEquals(
                400,
                root.put("sys/leases/renew", Map.of("lease_id", lease.leaseId(), "increment", "20m"))
                        .status());
    }

    @Test
    void entry_thatCannotBe_isRefusedWithItsReason() {
        for (Map<String, String> wrong : List.of(
                Map.of("connection_url", "{{username}}:{{password}}@tcp(db)/?allowLoadLocalInfile=true"),
                Map.of("connection_url", "mysql://root:secret@db/"))) {
            Answer answer = root.write(path + "/config/shop", wrong);
            assertEquals(400, answer.status());
            assertTrue(answer.toString().contains("connection_url"), answer::toString);
        }
        Answer answer = root.write(
                path + "/roles/wrong",
                Map.of("db_name", "shop", "creation_statements", "DELIMITER //\nCREATE USER '{{name}}'@'%' //"));
        assertEquals(400, answer.status());
        assertTrue(answer.toString().contains("DELIMITER"), answer::toString);
    }

    @Test
    void whatSomebodyElseMade_isAmongWhatWasLeft_underABrokersName() throws SQLException {
        creds("").ok();
        server.run("CREATE USER 'd-artagnan'@'localhost'");
        assertEquals(
                0,
                root.read(path + "/orphans/shop").ok().data().path("orphans").size(),
                "neither a lease's user nor a stranger's is an orphan");
        server.run("DROP USER 'd-artagnan'@'localhost'");
    }
}
