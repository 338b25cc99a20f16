package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What a host's sshd reads is what the broker has, or what it had last. */
class HostFilesIT extends WithFakeBroker {
    private static final String LIST = "/v1/ssh/krl";
    private static final String KEYS = "/v1/ssh/public_key";

    @Test
    void krlSync_olderList_isRefused_untilItIsMeant() throws Exception {
        Path file = folder.resolve("krl");
        serve(LIST, list(7), "\"seven\"");
        assertEquals(0, sync(file).code());
        serve(LIST, list(6), "\"six\"");
        Launched.Ended refused = sync(file);
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("older than " + file), refused.err());
        assertTrue(refused.err().contains("is kept as it was"), refused.err());
        assertTrue(refused.err().contains("krl-sync --older"), refused.err());
        assertArrayEquals(list(7), Files.readAllBytes(file));

        serve(LIST, list(7), "\"seven again\"");
        assertEquals(0, sync(file).code(), "the same version isn't older");
        serve(LIST, list(6), "\"six\"");
        assertEquals(
                0, daypass.run("ssh", "krl-sync", "--older", file.toString()).code());
        assertArrayEquals(list(6), Files.readAllBytes(file));
    }

    @Test
    void krlSync_versionsAreUnsigned() throws Exception {
        Path file = Files.write(folder.resolve("krl"), list(-1));
        serve(LIST, list(1), "\"one\"");
        assertEquals(2, sync(file).code());
        assertArrayEquals(list(-1), Files.readAllBytes(file));
    }

    @Test
    void krlSync_withTheCa_keepsBoth_andFetchesWhatHasChanged() throws Exception {
        Path file = folder.resolve("krl");
        Path keys = folder.resolve("ca.pub");
        serve(LIST, list(1), "\"one\"");
        serve(KEYS, key("first"), "\"k1\"");
        assertEquals(0, sync(file, keys).code());
        assertArrayEquals(key("first"), Files.readAllBytes(keys));
        Launched.Ended again = sync(file, keys);
        assertTrue(again.err().contains(keys + " is up to date"), again.err());
        assertTrue(
                broker.asked(KEYS).stream().allMatch(one -> !one.headers().containsKey("x-vault-token")),
                "no token is sent");

        byte[] two = (new String(key("first"), StandardCharsets.US_ASCII)
                        + new String(key("second"), StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);
        serve(KEYS, two, "\"k2\"");
        assertEquals(0, sync(file, keys).code());
        assertArrayEquals(two, Files.readAllBytes(keys));

        serve(KEYS, "<html>fine</html>".getBytes(StandardCharsets.US_ASCII), "\"k3\"");
        Launched.Ended page = sync(file, keys);
        assertEquals(2, page.code(), page.err());
        assertTrue(page.err().contains("no keys of a CA"), page.err());
        serve(KEYS, new byte[0], "\"k4\"");
        assertEquals(2, sync(file, keys).code(), "no keys at all are no keys");
        assertArrayEquals(two, Files.readAllBytes(keys));
    }

    @Test
    void krlSync_brokerIsAway_bothStay_andItsAgeIsSaid() throws Exception {
        Path file = folder.resolve("krl");
        Path keys = folder.resolve("ca.pub");
        serve(LIST, list(1), "\"one\"");
        serve(KEYS, key("first"), "\"k1\"");
        assertEquals(0, sync(file, keys).code());
        Files.setLastModifiedTime(
                folder.resolve("krl.etag"), FileTime.from(Instant.now().minus(Duration.ofHours(3))));
        broker.stop();
        Launched.Ended away = sync(file, keys);
        assertEquals(5, away.code(), away.err());
        assertTrue(away.err().contains(file + " is kept as it was 3h"), away.err());
        assertArrayEquals(list(1), Files.readAllBytes(file));
        assertArrayEquals(key("first"), Files.readAllBytes(keys));
    }

    @Test
    void krlSync_listThatIsCutOff_changesNothing_neitherTheCa() throws Exception {
        Path file = Files.write(folder.resolve("krl"), list(3));
        Path keys = Files.write(folder.resolve("ca.pub"), key("first"));
        byte[] whole = list(4);
        serve(LIST, Arrays.copyOf(whole, whole.length - 1), "\"four\"");
        serve(KEYS, key("second"), "\"k2\"");
        assertEquals(2, sync(file, keys).code());
        assertArrayEquals(list(3), Files.readAllBytes(file));
        assertArrayEquals(key("first"), Files.readAllBytes(keys), "no key is trusted whose revocations aren't known");
    }

    @Test
    void ssh_whereTheSystemHasNone_saysSo_andAsksForNothing() throws Exception {
        Launched.Ended ended = daypass.with("PATH", folder.toString()).run("ssh", "-r", "dev", "web1.example");
        assertEquals(1, ended.code());
        assertTrue(ended.err().contains("there is no ssh on PATH"), ended.err());
        assertTrue(ended.err().contains("openssh-client"), ended.err());
        assertTrue(broker.asked().isEmpty());
        assertFalse(Files.exists(folder.resolve(".local")));
    }

    private Launched.Ended sync(Path file) throws Exception {
        return daypass.run("ssh", "krl-sync", file.toString());
    }

    private Launched.Ended sync(Path file, Path keys) throws Exception {
        return daypass.run("ssh", "krl-sync", "--ca", keys.toString(), file.toString());
    }

    /** Serves a document as the broker does: 304 to whoever has it. */
    private void serve(String path, byte[] content, String tag) {
        broker.on("GET", path, exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            boolean has = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            send(exchange, has ? 304 : 200, has ? new byte[0] : content);
        });
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    /** A revocation list of nothing, by PROTOCOL.krl. */
    private static byte[] list(long version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0x5353484b524c0a00L);
        out.writeInt(1);
        out.writeLong(version);
        out.writeLong(0);
        out.writeLong(0);
        out.writeInt(0);
        out.writeInt(0);
        return bytes.toByteArray();
    }

    /** What looks like a public key, of a type of its own. */
    private static byte[] key(String type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(type.length());
        out.writeBytes(type);
        return (type + " " + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
