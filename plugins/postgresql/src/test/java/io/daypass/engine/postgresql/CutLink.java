package io.daypass.engine.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A link to a server on 127.0.0.1 that can be cut, or made mute. A mute link takes what is sent and holds it back; healed,
 * it delivers what it held, even to those who are no longer waiting.
 */
public final class CutLink implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cut-link");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean requestsHeld;
    private boolean repliesHeld;
    private boolean refusing;

    /** @param target the port of the server */
    public CutLink(int target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** The port to connect to instead of the server's. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Holds back all that is sent, both ways. */
    public synchronized void mute() {
        requestsHeld = true;
        repliesHeld = true;
    }

    /** Holds back what the server answers. */
    public synchronized void muteReplies() {
        repliesHeld = true;
    }

    /** Ends all connections, and each new one at once. */
    public synchronized void cut() {
        refusing = true;
        sockets.forEach(CutLink::end);
    }

    /** Works again, and delivers what was held. */
    public synchronized void heal() {
        requestsHeld = false;
        repliesHeld = false;
        refusing = false;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
        heal();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                link(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void link(Socket client) throws IOException {
        Socket server = new Socket();
        sockets.add(client);
        sockets.add(server);
        if (isRefusing()) {
            end(client);
            return;
        }
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        threads.execute(() -> pump(client, server, true));
        threads.execute(() -> pump(server, client, false));
    }

    private synchronized boolean isRefusing() {
        return refusing;
    }

    /** The one who has gone is not told to the other while the link is mute: nothing passes. */
    private void pump(Socket from, Socket to, boolean requests) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                awaitRelease(requests);
                out.write(bytes, 0, count);
            }
            awaitRelease(requests);
            to.shutdownOutput();
        } catch (IOException e) {
            end(from);
            end(to);
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
            throw new IllegalStateException(e);
        }
    }
}
