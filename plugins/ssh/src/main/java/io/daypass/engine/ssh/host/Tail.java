package io.daypass.engine.ssh.host;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The end of what is said, however much a login's own start-up files say before. */
final class Tail extends OutputStream {
    private final byte[] ring;
    private long said;

    /** @param size in bytes: what is older is forgotten */
    Tail(int size) {
        ring = new byte[size];
    }

    @Override
    public synchronized void write(int b) {
        ring[(int) (said++ % ring.length)] = (byte) b;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        int skipped = Math.max(0, length - ring.length);
        said += skipped;
        int left = length - skipped;
        int at = (int) (said % ring.length);
        int first = Math.min(left, ring.length - at);
        System.arraycopy(bytes, from + skipped, ring, at, first);
        System.arraycopy(bytes, from + skipped + first, ring, 0, left - first);
        said += left;
    }

    /** What is still known. */
    synchronized String text() {
        if (said <= ring.length) {
            return new String(ring, 0, (int) said, StandardCharsets.UTF_8);
        }
        int at = (int) (said % ring.length);
        byte[] all = new byte[ring.length];
        System.arraycopy(ring, at, all, 0, ring.length - at);
        System.arraycopy(ring, 0, all, ring.length - at, at);
        return new String(all, StandardCharsets.UTF_8);
    }
}
