package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that isn't what it says: it asks for a file, or for the password as it is. It gets neither. */
class HostileServerIT {
    private static final String PASSWORD = "password-of-the-broker";
    private static final byte OK = 0;
    private static final byte SWITCH_AUTHENTICATION = (byte) 0xfe;
    private static final byte SEND_A_FILE = (byte) 0xfb;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<String> received = new ArrayList<>();

    @TempDir
    private Path directory;

    private final ServerSocket listening;

    HostileServerIT() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
        thread.shutdownNow();
    }

    @Test
    void askedForAFile_sendsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "what is in the file");
        Future<?> server = thread.submit(() -> {
            try (Socket client = greeted()) {
                received.add(packet(client));
                send(client, 2, new byte[] {OK, 0, 0, 2, 0, 0, 0});
                received.add(packet(client));
                send(client, 1, joined(new byte[] {SEND_A_FILE}, bytes(file.toString())));
                received.add(packet(client));
                received.add(packet(client));
            }
            return file;
        });
        assertGivesUp(server);
        assertTrue(received.size() > 1, "it came as far as the first question");
        assertFalse(received.toString().contains("what is in the file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql_clear_password",
                "mysql_old_password",
                "authentication_oci_client",
                "authentication_openid_connect_client",
                "authentication_kerberos_client",
                "com.example.AnyClass"
            })
    void askedForAnotherWayToLogIn_sendsNoPassword(String way) throws Exception {
        Future<?> server = thread.submit(() -> {
            try (Socket client = greeted()) {
                received.add(packet(client));
                send(
                        client,
                        2,
                        joined(new byte[] {SWITCH_AUTHENTICATION}, bytes(way + "\0" + "12345678901234567890\0")));
                received.add(packet(client));
            }
            return way;
        });
        assertGivesUp(server);
        assertTrue(!received.isEmpty());
        assertFalse(received.toString().contains(PASSWORD));
    }

    private void assertGivesUp(Future<?> server) throws Exception {
        DatabaseConfig config = Shop.config(listening.getLocalPort(), "broker", PASSWORD);
        try (Database database = new MySqlConnector().open(config, Shop.sources(InstantSource.system()))) {
            InstantSource clock = InstantSource.system();
            assertThrows(
                    Unavailable.class,
                    () -> database.target(new Deadline(clock.instant().plusSeconds(4), clock)));
        }
        server.get();
    }

    /** A greeting as MySQL's protocol 10 has it, without TLS. */
    private Socket greeted() throws IOException {
        Socket client = listening.accept();
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        greeting.write(10);
        greeting.writeBytes(bytes("8.0.30\0"));
        greeting.writeBytes(new byte[] {1, 0, 0, 0});
        greeting.writeBytes(bytes("12345678\0"));
        // All of what a client may be offered, but for TLS and compression.
        int capabilities = 0x00ff_ffff & ~0x0800 & ~0x0020;
        greeting.writeBytes(new byte[] {(byte) capabilities, (byte) (capabilities >> 8)});
        greeting.writeBytes(new byte[] {33, 2, 0});
        greeting.writeBytes(new byte[] {(byte) (capabilities >> 16), (byte) (capabilities >> 24)});
        greeting.write(21);
        greeting.writeBytes(new byte[10]);
        greeting.writeBytes(bytes("123456789012\0"));
        greeting.writeBytes(bytes("mysql_native_password\0"));
        send(client, 0, greeting.toByteArray());
        return client;
    }

    private static void send(Socket client, int number, byte[] body) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(
                new byte[] {(byte) body.length, (byte) (body.length >> 8), (byte) (body.length >> 16), (byte) number});
        out.write(body);
        out.flush();
    }

    /** One packet; empty once the client has gone. */
    private static String packet(Socket client) {
        try {
            DataInputStream in = new DataInputStream(client.getInputStream());
            int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
            in.readUnsignedByte();
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }
}
