package io.daypass.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP relay on 127.0.0.1 that can hold back what either side says, break, turn clients away, and lead elsewhere: a
 * network that does what we want when we want it to.
 *
 * <p>What is held is kept, in order, and goes on when it is released, even if the one who said it is gone by then. That
 * is how a request of a broker that was killed still reaches the server, late.
 */
public final class Relay implements AutoCloseable {
    private InetSocketAddress target;
    private boolean refusing;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Marks> connections = ConcurrentHashMap.newKeySet();
    private final Valve requests = new Valve();
    private final Valve answers = new Valve();

    /** @param targetPort the port of 127.0.0.1 that is spoken to through it */
    public Relay(int targetPort) {
        target = loopback(targetPort);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        start("relay-accept", this::accept);
    }

    /** The port to connect to instead of the target's. */
    public int port() {
        return server.getLocalPort();
    }

    /**
     * Holds back each request from now on that has a text in it, and all that its connection says after it.
     *
     * @param text as it goes over the wire, ASCII; empty: everything
     */
    public void holdRequests(String text) {
        connections.forEach(Marks::forget);
        requests.hold(text);
    }

    /** Lets requests with the text through, and holds back all that the target says on their connections afterwards. */
    public void holdAnswersTo(String text) {
        connections.forEach(Marks::forget);
        answers.hold(text);
    }

    /** Holds back everything, both ways, on connections that are new as well: the target is mute. */
    public void mute() {
        requests.hold("");
        answers.hold("");
    }

    /** How many connections have something held back. */
    public int held() {
        return requests.held() + answers.held();
    }

    /** Lets go whatever is held, holds no more, and turns nobody away. */
    public synchronized void release() {
        refusing = false;
        requests.open();
        answers.open();
    }

    /** Breaks every connection; new ones are taken as before. */
    public void cut() {
        open.forEach(Relay::close);
    }

    /** Breaks every connection, and each new one at once, until {@link #release}. */
    public synchronized void refuse() {
        refusing = true;
        cut();
    }

    /** Breaks every connection; new ones lead to another port of 127.0.0.1. */
    public synchronized void redirect(int otherPort) {
        target = loopback(otherPort);
        cut();
    }

    /** Stops listening and breaks every connection. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException alreadyClosed) {
            throw new UncheckedIOException(alreadyClosed);
        }
        cut();
        release();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                link(server.accept());
            } catch (IOException targetGoneOrClosed) {
                // A client that can't be served sees its connection end; the next one is another try.
            }
        }
    }

    private synchronized void link(Socket client) throws IOException {
        if (refusing) {
            client.close();
            return;
        }
        Socket upstream = new Socket();
        try {
            upstream.connect(target);
        } catch (IOException nobodyThere) {
            client.close();
            throw nobodyThere;
        }
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        open.add(client);
        open.add(upstream);
        Marks marks = new Marks();
        connections.add(marks);
        start("relay-requests", () -> pump(client, upstream, requests, marks, true));
        start("relay-answers", () -> pump(upstream, client, answers, marks, false));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void pump(Socket from, Socket to, Valve valve, Marks marks, boolean isRequest) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            int length = from.getInputStream().read(buffer);
            while (length >= 0) {
                if (isRequest) {
                    marks.said(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                }
                valve.pass(marks);
                to.getOutputStream().write(buffer, 0, length);
                to.getOutputStream().flush();
                length = from.getInputStream().read(buffer);
            }
        } catch (IOException broken) {
            // One side is gone; closing both tells the other.
        } finally {
            open.remove(from);
            open.remove(to);
            connections.remove(marks);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            throw new UncheckedIOException(alreadyBroken);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The last that a connection's client has said: enough to find a text that comes in two pieces. */
    private static final class Marks {
        private static final int KEPT = 256 * 1024;

        private final StringBuilder said = new StringBuilder();

        synchronized void said(String text) {
            said.append(text);
            if (said.length() > KEPT) {
                said.delete(0, said.length() - KEPT);
            }
        }

        synchronized boolean have(String text) {
            return said.indexOf(text) >= 0;
        }

        synchronized void forget() {
            said.setLength(0);
        }
    }

    /** Stands in one direction of all connections: open, or holding those that said a text. */
    private static final class Valve {
        private String text = "";
        private boolean holding;
        private int held;

        synchronized void hold(String marking) {
            text = marking;
            holding = true;
        }

        synchronized void open() {
            holding = false;
            notifyAll();
        }

        synchronized int held() {
            return held;
        }

        synchronized void pass(Marks marks) throws IOException {
            if (!holding || !marks.have(text)) {
                return;
            }
            held++;
            try {
                while (holding) {
                    wait();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            } finally {
                held--;
            }
        }
    }
}
