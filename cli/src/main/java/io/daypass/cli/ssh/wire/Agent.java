package io.daypass.cli.ssh.wire;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A running ssh-agent, by the protocol of draft-ietf-sshm-ssh-agent. Each question has a connection of its own. An agent
 * that is silent is given up on: one that hangs must not make a login hang.
 */
public final class Agent {
    private static final int SUCCESS = 6;
    private static final int REMOVE_IDENTITY = 18;
    private static final int ADD_ID_CONSTRAINED = 25;
    private static final int CONSTRAIN_LIFETIME = 1;
    private static final int LONGEST_ANSWER = 256 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String socket;

    /** @param socket its path, as {@code SSH_AUTH_SOCK} has it */
    public Agent(String socket) {
        this.socket = socket;
    }

    /**
     * Gives it a key, which it forgets by itself after a while.
     *
     * @param identity type, certificate, key and comment, as the protocol has them
     * @param lifetime how long it keeps them; whole seconds
     * @return false: it doesn't want to
     * @throws IOException if it can't be reached, or is no agent that answers
     */
    public boolean add(byte[] identity, Duration lifetime) throws IOException {
        Blob request = new Blob()
                .u8(ADD_ID_CONSTRAINED)
                .raw(identity)
                .u8(CONSTRAIN_LIFETIME)
                .u32((int) Math.min(Integer.MAX_VALUE, Math.max(1, lifetime.toSeconds())));
        try {
            return ask(request).u8() == SUCCESS;
        } finally {
            request.erase();
        }
    }

    /**
     * Has it forget a key.
     *
     * @param publicBlob the certificate, or the public key
     * @throws IOException if it can't be reached or has no such key
     */
    public void remove(byte[] publicBlob) throws IOException {
        if (ask(new Blob().u8(REMOVE_IDENTITY).bytes(publicBlob)).u8() != SUCCESS) {
            throw new IOException("it refuses");
        }
    }

    private BlobReader ask(Blob request) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            // At once, or not at all: one whose queue is full would be waited for without end.
            if (!channel.connect(UnixDomainSocketAddress.of(Path.of(socket)))) {
                throw new IOException("it lets nobody in");
            }
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            byte[] framed = new Blob().bytes(request.toBytes()).toBytes();
            ByteBuffer out = ByteBuffer.wrap(framed);
            while (out.hasRemaining()) {
                await(selector, until);
                channel.write(out);
            }
            Arrays.fill(framed, (byte) 0);
            key.interestOps(SelectionKey.OP_READ);
            int length = read(channel, selector, Integer.BYTES, until).getInt();
            if (length < 1 || length > LONGEST_ANSWER) {
                throw new IOException("what answers is no agent");
            }
            return new BlobReader(read(channel, selector, length, until).array());
        } catch (InvalidPathException noPath) {
            throw new IOException("its path is none", noPath);
        }
    }

    private static ByteBuffer read(SocketChannel channel, Selector selector, int length, long until)
            throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            await(selector, until);
            if (channel.read(in) < 0) {
                throw new IOException("it hangs up");
            }
        }
        return in.flip();
    }

    private static void await(Selector selector, long until) throws IOException {
        long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        if (left <= 0 || selector.select(left) == 0) {
            throw new IOException("it is silent");
        }
        selector.selectedKeys().clear();
    }
}
