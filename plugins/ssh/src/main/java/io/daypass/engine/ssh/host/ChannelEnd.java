package io.daypass.engine.ssh.host;

import io.daypass.plugin.Deadline;
import java.io.OutputStream;

/**
 * Where a channel's errors go, which nobody reads. JSch closes it when the channel is over and its exit status known, or
 * the connection gone; of the output it closes that as soon as the host has no more to say.
 */
final class ChannelEnd extends OutputStream {
    private static final long LOOK_MILLIS = 1_000;

    private boolean over;

    @Override
    public void write(int b) {
        // Nobody reads it.
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        // Nobody reads it.
    }

    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }

    /**
     * Waits for it.
     *
     * @throws io.daypass.plugin.Unavailable if the deadline comes first
     */
    synchronized void await(Deadline deadline) throws InterruptedException {
        while (!over) {
            wait(Math.min(LOOK_MILLIS, deadline.left().toMillis()));
        }
    }
}
