package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.User;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate that no JVM trusts by itself. */
class TlsIT {
    private static final char[] STORE_PASSWORD = "store-password".toCharArray();
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private static Path directory;

    private static String certificate = "";
    private static String anotherHosts = "";
    private static String another = "";

    // Both are started before all tests.
    @SuppressWarnings("NullAway.Init")
    private static ShopServer server;

    @SuppressWarnings("NullAway.Init")
    private static ShopServer ofAnotherName;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        another = pem(
                "CERTIFICATE",
                store("another", "ip:127.0.0.1").getCertificate("key").getEncoded());
        KeyStore own = store("own", "ip:127.0.0.1");
        certificate = pem("CERTIFICATE", own.getCertificate("key").getEncoded());
        server = server("own", own);
        KeyStore others = store("others", "dns:db.example.com");
        anotherHosts = pem("CERTIFICATE", others.getCertificate("key").getEncoded());
        ofAnotherName = server("others", others);
    }

    @AfterAll
    static void stop() {
        server.close();
        ofAnotherName.close();
    }

    private static ShopServer server(String name, KeyStore store) throws Exception {
        Key key = store.getKey("key", STORE_PASSWORD);
        Path keyFile = write(name + ".key", pem("PRIVATE KEY", key.getEncoded()));
        Path file = write(
                name + ".crt", pem("CERTIFICATE", store.getCertificate("key").getEncoded()));
        return Servers.fresh(
                MySqlSource.MARIADB_INSTALLED, Map.of("ssl-cert", file.toString(), "ssl-key", keyFile.toString()));
    }

    @Test
    void verifyIdentity_isTheDefaultWithACertificate_andWorks() throws Exception {
        try (Database database = open(server, "", certificate)) {
            assertTrue(database.target(soon()).version().startsWith("10."));
            User user = Shop.user();
            Creation creation = Shop.creation(Shop.CREATE + " REQUIRE SSL", Shop.GRANT);
            NewUser fresh =
                    new NewUser(user, Secret.of(Shop.PASSWORD), CLOCK.instant().plusSeconds(60));
            database.create(new Place("", ""), creation, List.of(fresh), soon());
            server.connect(user.name(), Shop.PASSWORD).close();
            database.drop(new Place("", ""), Shop.REMOVAL, List.of(user), soon());
        }
        assertEquals(
                "VERIFY_IDENTITY",
                new MySqlConnector().endpoint(config(server, "", certificate)).sslmode());
    }

    @Test
    void verify_refusesACertificateOfAnother() {
        for (String mode :
                List.of("?sslMode=VERIFY_IDENTITY", "?tls=true", "?sslMode=VERIFY_CA", "?sslMode=REQUIRED", "")) {
            assertRefused(server, mode, another);
        }
        assertRefused(server, "?sslMode=VERIFY_IDENTITY", "");
        assertRefused(server, "?sslMode=VERIFY_CA", "");
    }

    @Test
    void verifyIdentity_refusesACertificateOfAnotherName_whichVerifyCaTakes() throws Exception {
        assertRefused(ofAnotherName, "", anotherHosts);
        try (Database database = open(ofAnotherName, "?sslMode=VERIFY_CA", anotherHosts)) {
            database.target(soon());
        }
    }

    private static void assertRefused(ShopServer by, String mode, String ca) {
        try (Database database = open(by, mode, ca)) {
            Unavailable refused = assertThrows(Unavailable.class, () -> database.target(soon()));
            assertTrue(Shop.text(refused).contains("tls_ca"), mode + ": " + Shop.text(refused));
        }
    }

    @Test
    void preferred_encrypts_whateverTheCertificate() throws Exception {
        try (Database database = open(server, "", "")) {
            server.execute("ALTER USER 'broker'@'%' REQUIRE SSL");
            database.target(soon());
        } finally {
            server.execute("ALTER USER 'broker'@'%' REQUIRE NONE");
        }
    }

    @Test
    void required_refusesAServerWithoutTls() throws Exception {
        ShopServer plain = Servers.of(MySqlSource.MARIADB_INSTALLED);
        for (String mode : List.of("?sslMode=REQUIRED", "?tls=true")) {
            try (Database database = open(plain, mode, "")) {
                assertThrows(Unavailable.class, () -> database.target(soon()));
            }
        }
        try (Database database = open(plain, "", certificate)) {
            assertThrows(Unavailable.class, () -> database.target(soon()));
        }
    }

    @Test
    void tlsCa_thatIsNoCertificate_isInvalid() {
        Invalid invalid = assertThrows(
                Invalid.class, () -> new MySqlConnector().open(config(server, "", "x"), Shop.sources(CLOCK)));
        assertEquals("tls_ca", invalid.field());
    }

    private static Database open(ShopServer to, String options, String ca) {
        return new MySqlConnector().open(config(to, options, ca), Shop.sources(CLOCK));
    }

    private static DatabaseConfig config(ShopServer to, String options, String ca) {
        String url = "mysql://127.0.0.1:" + to.port() + "/" + options;
        return new DatabaseConfig(
                url, ShopServer.BROKER, Secret.of(ShopServer.BROKER_PASSWORD), ca, 1, 1, Duration.ZERO, List.of());
    }

    private static Deadline soon() {
        return new Deadline(CLOCK.instant().plusSeconds(10), CLOCK);
    }

    /** For the server's account to read, too. */
    private static Path write(String name, String pem) throws IOException {
        Path file = Files.writeString(directory.resolve(name), pem);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private static KeyStore store(String name, String subject) throws Exception {
        Path file = directory.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + subject,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(STORE_PASSWORD))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD);
        }
        return store;
    }

    private static String pem(String what, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
