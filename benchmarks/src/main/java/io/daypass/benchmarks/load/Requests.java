package io.daypass.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Requests that were written out beforehand, so that sending one costs the driver nothing but the sending. */
public final class Requests {
    private final List<byte[]> texts;
    private final SplittableRandom random = new SplittableRandom(20261124);

    private Requests(List<byte[]> texts) {
        this.texts = List.copyOf(texts);
    }

    /** One of these at a time, at random. */
    public static Requests anyOf(List<byte[]> texts) {
        return new Requests(texts);
    }

    /** A request without a body. */
    public static byte[] get(String path, String token) {
        return head("GET", path, token, 0).getBytes(StandardCharsets.UTF_8);
    }

    /** A request with a body of JSON. */
    public static byte[] post(String path, String token, String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return (head("POST", path, token, length) + json).getBytes(StandardCharsets.UTF_8);
    }

    byte[] next() {
        return texts.get(random.nextInt(texts.size()));
    }

    private static String head(String verb, String path, String token, int length) {
        return verb + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Vault-Token: " + token + "\r\n"
                + (length == 0 ? "" : "Content-Length: " + length + "\r\n") + "\r\n";
    }
}
