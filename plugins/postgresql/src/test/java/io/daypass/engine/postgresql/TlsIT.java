package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate that no JVM trusts by itself. */
class TlsIT {
    private static final char[] STORE_PASSWORD = "store-password".toCharArray();

    @TempDir
    private static Path directory;

    private static String certificate = "";
    private static String another = "";

    @BeforeAll
    static void switchTlsOn() throws Exception {
        ShopServer server = server();
        KeyStore store = store("server");
        certificate = pem("CERTIFICATE", store.getCertificate("key").getEncoded());
        another = pem("CERTIFICATE", store("another").getCertificate("key").getEncoded());
        Key key = store.getKey("key", STORE_PASSWORD);
        write("tls.crt", certificate);
        write("tls.key", pem("PRIVATE KEY", key.getEncoded()));
        server.execute(
                "postgres",
                "ALTER SYSTEM SET ssl_cert_file = 'tls.crt'",
                "ALTER SYSTEM SET ssl_key_file = 'tls.key'",
                "ALTER SYSTEM SET ssl = on",
                "SELECT pg_reload_conf()");
        Await.until(
                Duration.ofSeconds(20),
                "TLS is on",
                () -> server.ask("postgres", "SHOW ssl").contains("on"));
    }

    @Test
    void verifyFull_isTheDefaultWithACertificate_andWorks() throws Exception {
        try (Database database = open("", certificate)) {
            assertEquals("18.6", database.target(soon()).version());
        }
        assertEquals(
                "verify-full",
                new PostgresConnector().endpoint(config("", certificate)).sslmode());
    }

    @Test
    void verify_refusesACertificateOfAnotherKind() {
        for (String mode : List.of("?sslmode=verify-full", "?sslmode=verify-ca", "")) {
            try (Database database = open(mode, another)) {
                Unavailable refused = assertThrows(Unavailable.class, () -> database.target(soon()));
                assertTrue(Shop.text(refused).contains("tls_ca"), Shop.text(refused));
            }
        }
        try (Database database = open("?sslmode=verify-full", "")) {
            assertThrows(Unavailable.class, () -> database.target(soon()));
        }
    }

    @Test
    void require_encrypts_whateverTheCertificate() throws Exception {
        try (Database database = open("?sslmode=require", "")) {
            database.target(soon());
            String encrypted = "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                    + " WHERE application_name = 'daypass' AND ssl";
            assertTrue(server().ask("postgres", encrypted).contains("t"));
        }
    }

    @Test
    void tlsCa_thatIsNoCertificate_isInvalid() {
        Invalid invalid = assertThrows(Invalid.class, () -> new PostgresConnector().open(config("", "x"), sources()));
        assertEquals("tls_ca", invalid.field());
    }

    private static ShopServer server() {
        try {
            return Servers.of(18);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Database open(String options, String ca) {
        return new PostgresConnector().open(config(options, ca), sources());
    }

    private static DatabaseConfig config(String options, String ca) {
        String url = "postgresql://127.0.0.1:" + server().port() + "/" + Servers.DATABASE + options;
        return new DatabaseConfig(
                url, Servers.BROKER, Secret.of(Servers.BROKER_PASSWORD), ca, 1, 1, Duration.ZERO, List.of());
    }

    private static Sources sources() {
        return Shop.sources(InstantSource.system());
    }

    private static Deadline soon() {
        InstantSource clock = InstantSource.system();
        return new Deadline(clock.instant().plusSeconds(10), clock);
    }

    /** The server writes its key itself: it reads none that is another account's or that others may read. */
    private static void write(String name, String pem) {
        server().execute(
                        "postgres",
                        "COPY (SELECT " + Sql.text(pem) + ") TO PROGRAM 'umask 077; sed \"s/\\\\\\\\n/\\n/g\" > " + name
                                + "'");
    }

    private static KeyStore store(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(STORE_PASSWORD))
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
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
