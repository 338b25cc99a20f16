package io.daypass.dist;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told to, and need not read what is answered. */
final class RawClient implements AutoCloseable {
    private final Api api;
    private final Socket socket;

    /** Connects, by plain TCP. */
    RawClient(Api api) throws IOException {
        this.api = api;
        socket = new Socket(InetAddress.getLoopbackAddress(), api.address().getPort());
        socket.setSoTimeout(30_000);
    }

    /** Says a whole request without a body, path as it stands. */
    RawClient ask(String method, String path, String... headers) throws IOException {
        return say(head(method, path, headers) + "\r\n");
    }

    /** The head of a request: the empty line is missing. */
    String head(String method, String path, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort()
                + "\r\nX-Vault-Token: " + api.token() + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    /** Says a text. */
    RawClient say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** The status of the answer. */
    int status() throws IOException {
        return Integer.parseInt(line().split(" ", 3)[1]);
    }

    /** The rest of the answer, up to the end of the connection: ask with {@code Connection: close}. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = socket.getInputStream().read();
        }
        if (line.length() == 0) {
            throw new IOException("the connection ended without an answer");
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
