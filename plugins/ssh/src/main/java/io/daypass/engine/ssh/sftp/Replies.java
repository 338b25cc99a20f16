package io.daypass.engine.ssh.sftp;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What a server has sent and nobody has read yet. Written by the thread that receives, read by the one that asks, until a
 * deadline. A server that sends much without being asked is cut off, so what is held is bounded.
 */
public final class Replies extends OutputStream {
    /** The longest packet of ours, and what may come behind it. */
    private static final int MOST = 2 * Sftp.LONGEST_PACKET;

    private static final long LOOK_MILLIS = 1_000;

    private byte[] held = new byte[0];
    private boolean over;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (over || length > MOST - held.length) {
            close();
            throw new IOException("more was sent than was asked for");
        }
        int before = held.length;
        held = Arrays.copyOf(held, before + length);
        System.arraycopy(bytes, from, held, before, length);
        notifyAll();
    }

    /** Nothing comes any more. */
    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }

    /**
     * Takes the next bytes, and waits for them.
     *
     * @throws Unavailable if they don't come, or not by the deadline
     */
    synchronized byte[] take(int count, Deadline deadline) throws InterruptedException {
        while (held.length < count) {
            if (over) {
                throw new Unavailable("the host ended SFTP before it had answered");
            }
            wait(Math.min(LOOK_MILLIS, deadline.left().toMillis()));
        }
        byte[] taken = Arrays.copyOf(held, count);
        held = Arrays.copyOfRange(held, count, held.length);
        return taken;
    }
}
