package io.daypass.testkit;

import io.daypass.broker.mount.lane.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * A link to a server on 127.0.0.1 that can be cut, or made mute. A mute link takes what is sent and holds it back; healed,
 * it delivers what it held, even to those who are no longer waiting.
 */
public final class CutLink implements Link, AutoCloseable {
    private static final int UNLIMITED = -1;

    private final ServerSocket listening;
    private final int target;
    private final ThreadFactory threads = Threads.named("cut-link-");
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean requestsHeld;
    private boolean repliesHeld;
    private boolean refusing;
    private int messagesLeft = UNLIMITED;
    private long crossings;

    /** @param target the port of the server */
    public CutLink(int target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The port to connect to instead of the server's. */
    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public synchronized void mute() {
        requestsHeld = true;
        repliesHeld = true;
    }

    /** Holds back what the server answers. */
    public synchronized void muteReplies() {
        repliesHeld = true;
    }

    @Override
    public synchronized void cut() {
        refusing = true;
        sockets.forEach(CutLink::end);
        sockets.clear();
    }

    @Override
    public synchronized void cutAfter(int messages) {
        messagesLeft = messages;
    }

    @Override
    public synchronized long crossings() {
        return crossings;
    }

    @Override
    public synchronized void heal() {
        requestsHeld = false;
        repliesHeld = false;
        refusing = false;
        messagesLeft = UNLIMITED;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        heal();
        cut();
    }

    private void start(Runnable task) {
        threads.newThread(task).start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                link(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void link(Socket client) throws IOException {
        Socket server = new Socket();
        if (!isTaken(client, server)) {
            end(client);
            return;
        }
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        start(() -> pump(client, server, true));
        start(() -> pump(server, client, false));
    }

    private synchronized boolean isTaken(Socket client, Socket server) {
        crossings++;
        if (!refusing) {
            sockets.add(client);
            sockets.add(server);
        }
        return !refusing;
    }

    /** The one who has gone is not told to the other while the link is mute: nothing passes. */
    private void pump(Socket from, Socket to, boolean requests) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                countMessage();
                awaitRelease(requests);
                out.write(bytes, 0, count);
            }
            awaitRelease(requests);
            to.shutdownOutput();
        } catch (IOException e) {
            end(from);
            end(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private synchronized void countMessage() throws IOException {
        crossings++;
        if (messagesLeft == 0) {
            cut();
            throw new IOException("cut");
        }
        if (messagesLeft > 0) {
            messagesLeft--;
        }
    }

    private synchronized void awaitRelease(boolean requests) throws IOException {
        try {
            while (requests ? requestsHeld : repliesHeld) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("closed", e);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
