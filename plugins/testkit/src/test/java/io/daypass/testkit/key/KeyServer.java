package io.daypass.testkit.key;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A target: a server that keeps named keys, each with an end, for whoever knows its password. One line asks, one answers. */
public final class KeyServer implements AutoCloseable {
    public static final String PASSWORD = "password-of-the-key-server";
    static final String LATE = "NO it is too late";
    private static final String HALF_MADE = "";

    private final InstantSource clock = InstantSource.system();
    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final ServerSocket listening;

    /** A key, which is of no use as long as nothing is in it. */
    private record Key(String text, Instant until) {}

    public KeyServer() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Whether this key opens something. */
    public boolean opens(String name, String text) {
        Key key = keys.get(name);
        return key != null
                && !key.text().equals(HALF_MADE)
                && key.text().equals(text)
                && key.until().isAfter(clock.instant());
    }

    /** How many keys there are, half made or whole. */
    public int count() {
        return keys.size();
    }

    /** Makes a key without being asked by the engine. */
    public void put(String name, String text) {
        keys.put(name, new Key(text, Instant.MAX));
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "key-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                start(() -> serve(socket));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                out.println(words[0].equals(PASSWORD) ? answer(words) : "NO password");
            }
        } catch (IOException e) {
            // Whoever asked has gone.
        }
    }

    private String answer(String[] words) {
        String name = words[2];
        return switch (words[1]) {
            case "NAME", "KEY" -> isLate(words[4]) ? LATE : made(words[1].equals("KEY"), name, words[3]);
            case "LIST" -> "OK " + String.join(" ", keys.keySet());
            case "SET" -> {
                keys.put(name, new Key(words[3], Instant.MAX));
                yield "OK";
            }
            case "EXTEND" ->
                keys.computeIfPresent(name, (same, key) -> new Key(key.text(), end(words[3]))) == null
                        ? "NO there is none of that name"
                        : "OK";
            case "DROP" -> keys.remove(name) == null ? "OK absent" : "OK";
            case "SETTLE" -> {
                keys.remove(name);
                yield "OK " + isLate(words[3]);
            }
            default -> "NO such word";
        };
    }

    private String made(boolean whole, String name, String word) {
        boolean done = whole
                ? keys.computeIfPresent(name, (same, key) -> new Key(word, key.until())) != null
                : keys.putIfAbsent(name, new Key(HALF_MADE, end(word))) == null;
        return done ? "OK" : "NO there is none of that name, or one already";
    }

    private boolean isLate(String millis) {
        return clock.instant().isAfter(end(millis));
    }

    private static Instant end(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
