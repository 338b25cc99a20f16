package io.daypass.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks one small thing over a connection of its own, to see whether anybody answers yet. */
final class Probe {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private Probe() {}

    /**
     * Sends a GET.
     *
     * @param token empty: none
     * @return the status; -1 if nobody listens, or hangs up
     */
    static int status(InetSocketAddress address, String path, String token) {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            socket.setSoTimeout((int) LONGEST_ANSWER.toMillis());
            OutputStream out = socket.getOutputStream();
            String header = token.isEmpty() ? "" : "X-Vault-Token: " + token + "\r\n";
            out.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + header + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes("HTTP/1.1 200".length());
            return start.length < "HTTP/1.1 200".length()
                    ? -1
                    : Integer.parseInt(new String(start, "HTTP/1.1 ".length(), 3, StandardCharsets.US_ASCII));
        } catch (IOException nobody) {
            return -1;
        }
    }
}
