package io.daypass.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A host that takes every connection and never says a word, as one does that hangs. */
public final class SilentHost implements AutoCloseable {
    private static final int BACKLOG = 1_024;

    private final ServerSocket listener;
    private final List<Socket> callers = new ArrayList<>();

    private SilentHost(ServerSocket listener) {
        this.listener = listener;
    }

    /** Begins to listen, on a free port of the loopback. */
    public static SilentHost start() throws IOException {
        SilentHost host = new SilentHost(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(host::take, "silent-host");
        thread.setDaemon(true);
        thread.start();
        return host;
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many have connected so far. */
    public int callers() {
        synchronized (callers) {
            return callers.size();
        }
    }

    /** Hangs up on all of them. */
    @Override
    public void close() throws IOException {
        listener.close();
        synchronized (callers) {
            for (Socket each : callers) {
                each.close();
            }
        }
    }

    private void take() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                synchronized (callers) {
                    callers.add(caller);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }
}
