package io.daypass.dist;

import io.daypass.embedded.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection to Redis that speaks in lines: what is watched is watched by a connection. */
final class RedisLine implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    /** Connects, as the admin. */
    RedisLine(RedisServer server) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        ask("AUTH " + RedisServer.ADMIN + " " + server.password());
    }

    /** Sends a command, and answers the words of its reply; a nil is {@code (nil)}. */
    List<String> ask(String command) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        List<String> words = new ArrayList<>();
        read(words);
        return words;
    }

    private void read(List<String> words) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("redis-server hung up");
        }
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '*' -> {
                int count = Integer.parseInt(rest);
                if (count < 0) {
                    words.add("(nil)");
                }
                for (int i = 0; i < count; i++) {
                    read(words);
                }
            }
            case '$' -> words.add(rest.equals("-1") ? "(nil)" : in.readLine());
            default -> words.add(rest);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
