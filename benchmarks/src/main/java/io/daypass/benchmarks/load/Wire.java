package io.daypass.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keep-alive connection with at most one request under way. */
final class Wire {
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    private final SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocate(16 * 1024);
    private long since;
    private boolean busy;
    private int searched;
    private int total = -1;
    private int status;

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    boolean isBusy() {
        return busy;
    }

    /** The moment that the request's time is counted from. */
    long since() {
        return since;
    }

    /** Sends a request, which is small enough for the socket's buffer. */
    void send(byte[] request, long countedFrom) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(request);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        since = countedFrom;
        busy = true;
    }

    /**
     * Reads what has come.
     *
     * @return the status if the answer is complete, else -1
     */
    int receive() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the broker closed a connection");
        }
        if (total < 0) {
            readHead();
        }
        if (total >= 0 && in.position() >= total) {
            if (in.position() > total) {
                throw new IOException("more came than one answer");
            }
            in.clear();
            total = -1;
            searched = 0;
            busy = false;
            return status;
        }
        if (!in.hasRemaining()) {
            ByteBuffer larger = ByteBuffer.allocate(in.capacity() * 4);
            in.flip();
            larger.put(in);
            in = larger;
        }
        return -1;
    }

    void close() throws IOException {
        channel.close();
    }

    private void readHead() throws IOException {
        int end = endOfHead();
        if (end < 0) {
            return;
        }
        String head = new String(in.array(), 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        status = Integer.parseInt(head.substring(9, 12));
        int at = head.indexOf("\r\ncontent-length:");
        if (at >= 0) {
            int from = at + "\r\ncontent-length:".length();
            total = end
                    + Integer.parseInt(
                            head.substring(from, head.indexOf("\r\n", from)).strip());
        } else if (status == 204) {
            total = end;
        } else {
            throw new IOException(
                    "an answer without a length: " + head.lines().findFirst().orElse(""));
        }
    }

    private int endOfHead() {
        byte[] bytes = in.array();
        for (int i = searched; i + END.length <= in.position(); i++) {
            if (bytes[i] == END[0] && bytes[i + 1] == END[1] && bytes[i + 2] == END[2] && bytes[i + 3] == END[3]) {
                return i + END.length;
            }
        }
        searched = Math.max(0, in.position() - END.length + 1);
        return -1;
    }
}
