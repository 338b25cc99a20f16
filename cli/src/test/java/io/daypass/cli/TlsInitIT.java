package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority and a certificate, and whether a real TLS connection takes them. */
class TlsInitIT {
    private static final String STATUS = "{\"type\":\"shamir\",\"initialized\":true,\"sealed\":false}";

    @TempDir
    private Path folder;

    private Launched daypass;

    @BeforeEach
    void start() {
        daypass = new Launched(folder);
    }

    @Test
    void tlsInit_makesWhatClientsTrust() throws Exception {
        assertEquals(0, daypass.run("operator", "tls-init").code());
        try (FakeBroker broker = new FakeBroker(server(folder.resolve("tls")))) {
            broker.on("GET", "/v1/sys/seal-status", 200, STATUS);
            daypass.with("DAYPASS_ADDR", broker.url());
            Launched.Ended trusting = daypass.run("status", "--ca-cert", "tls/ca.pem");
            assertEquals(0, trusting.code(), trusting.err());
            Launched.Ended distrusting = daypass.run("status");
            assertEquals(1, distrusting.code());
            assertTrue(distrusting.err().contains("isn't trusted"), distrusting.err());
            assertEquals(
                    0,
                    daypass.with("VAULT_CACERT", folder.resolve("tls/ca.pem").toString())
                            .run("context", "save", "local")
                            .code());
            Launched.Ended remembered = new Launched(folder).run("context", "use", "local");
            assertEquals(0, remembered.code(), remembered.err());
            assertEquals(0, new Launched(folder).run("status").code());
        }
    }

    @Test
    void tlsInit_otherName_isNotTrusted() throws Exception {
        assertEquals(
                0,
                daypass.run("operator", "tls-init", "--name", "broker.example.org")
                        .code());
        try (FakeBroker broker = new FakeBroker(server(folder.resolve("tls")))) {
            Launched.Ended ended = daypass.with("DAYPASS_ADDR", broker.url()).run("status", "--ca-cert", "tls/ca.pem");
            assertEquals(1, ended.code());
            assertTrue(broker.asked().isEmpty());
        }
    }

    @Test
    void tlsInit_again_replacesNothingAndKeepsTheAuthority() throws Exception {
        Path tls = folder.resolve("tls");
        assertEquals(0, daypass.run("operator", "tls-init").code());
        String authority = Files.readString(tls.resolve("ca.pem"));
        Launched.Ended again = daypass.run("operator", "tls-init");
        assertEquals(1, again.code());
        assertTrue(again.err().contains("is there already, and isn't replaced"), again.err());
        Files.delete(tls.resolve("server.pem"));
        Files.delete(tls.resolve("server-key.pem"));
        assertEquals(0, daypass.run("operator", "tls-init").code());
        assertEquals(authority, Files.readString(tls.resolve("ca.pem")));
        certificate(tls.resolve("server.pem"))
                .verify(certificate(tls.resolve("ca.pem")).getPublicKey());
    }

    @Test
    void tlsInit_keysAreForTheOwnerAlone() throws Exception {
        assertEquals(0, daypass.run("operator", "tls-init").code());
        for (String key : new String[] {"ca-key.pem", "server-key.pem"}) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("tls").resolve(key))));
        }
    }

    @Test
    void status_plainServer_saysSo() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Launched.Running running =
                    daypass.start("status", "--address", "https://127.0.0.1:" + plain.getLocalPort());
            try (Socket asking = plain.accept()) {
                asking.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Launched.Ended ended = running.end();
                assertEquals(1, ended.code());
                assertTrue(ended.err().contains("doesn't speak TLS"), ended.err());
            }
        }
    }

    private static SSLContext server(Path tls) throws Exception {
        String pem = Files.readString(tls.resolve("server-key.pem"));
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], new Certificate[] {certificate(tls.resolve("server.pem"))});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Certificate certificate(Path file) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Files.readString(file).getBytes(StandardCharsets.UTF_8)));
    }
}
