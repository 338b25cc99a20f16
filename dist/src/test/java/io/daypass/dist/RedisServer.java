package io.daypass.dist;

import io.daypass.embedded.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Redis server of a test's own, on a free port of the loopback, and one connection to it that speaks in lines. */
final class RedisServer implements AutoCloseable {
    private static final String READY = "Ready to accept connections";

    private final Process process;
    private final Socket socket;
    private final BufferedReader in;

    private RedisServer(Process process, Socket socket) throws IOException {
        this.process = process;
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static RedisServer start(Path directory) throws IOException {
        int port = BrokerProcess.freePort();
        Process process = new ProcessBuilder(
                        Programs.found("redis-server"),
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.contains(READY)) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("redis-server has ended");
        }
        return new RedisServer(process, new Socket(InetAddress.getLoopbackAddress(), port));
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
        process.destroy();
    }
}
