package io.daypass.benchmarks.load;

import io.daypass.benchmarks.measure.Latencies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends requests over a fixed number of connections, from the thread that calls it.
 *
 * <p>It shares two cores with what it measures, so it does as little as it can: requests are bytes that were written
 * beforehand, of answers only the status and the length are read.
 */
public final class Driver implements AutoCloseable {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private final Selector selector;
    private final List<Wire> wires = new ArrayList<>();
    private final Deque<Wire> idle = new ArrayDeque<>();
    private final Requests requests;
    private Latencies latencies = new Latencies();
    private Map<Integer, Long> refused = new HashMap<>();
    private long answered;

    /** Connects all of them. */
    public Driver(InetSocketAddress address, int connections, Requests requests) throws IOException {
        this.requests = requests;
        this.selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Wire wire = new Wire(channel);
            channel.register(selector, SelectionKey.OP_READ, wire);
            wires.add(wire);
            idle.add(wire);
        }
    }

    /** Every connection sends its next request as soon as it has its answer. */
    public Outcome closedLoop(Duration time) throws IOException {
        reset();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        for (Wire wire = idle.poll(); wire != null; wire = idle.poll()) {
            wire.send(requests.next(), System.nanoTime());
        }
        while (System.nanoTime() < end) {
            selector.select(50);
            for (Wire wire : answeredNow()) {
                wire.send(requests.next(), System.nanoTime());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Outcome outcome = new Outcome(answered, Map.copyOf(refused), seconds, latencies);
        finish();
        return outcome;
    }

    /**
     * Requests at moments that are fixed beforehand, whatever becomes of the earlier ones. Where no connection is free
     * one waits for it, and its time is counted from its moment all the same. Moments are met to the millisecond.
     *
     * @param rate in a second
     */
    public Outcome paced(double rate, Duration time) throws IOException {
        reset();
        double interval = 1e9 / rate;
        long count = (long) (time.toNanos() / interval);
        long start = System.nanoTime();
        long sent = 0;
        while (sent < count) {
            long now = System.nanoTime();
            long due = Math.min(count, (long) ((now - start) / interval) + 1);
            while (sent < due && !idle.isEmpty()) {
                idle.remove().send(requests.next(), start + (long) (sent * interval));
                sent++;
            }
            selector.select(1);
            idle.addAll(answeredNow());
        }
        finish();
        return new Outcome(answered, Map.copyOf(refused), (System.nanoTime() - start) / 1e9, latencies);
    }

    /** Exactly this many requests, as fast as the connections allow. */
    public Outcome exactly(long count) throws IOException {
        reset();
        long start = System.nanoTime();
        long sent = 0;
        while (sent < count) {
            while (sent < count && !idle.isEmpty()) {
                idle.remove().send(requests.next(), System.nanoTime());
                sent++;
            }
            selector.select(50);
            idle.addAll(answeredNow());
        }
        finish();
        return new Outcome(answered, Map.copyOf(refused), (System.nanoTime() - start) / 1e9, latencies);
    }

    @Override
    public void close() throws IOException {
        for (Wire wire : wires) {
            wire.close();
        }
        selector.close();
    }

    private void reset() {
        latencies = new Latencies();
        refused = new HashMap<>();
        answered = 0;
    }

    private List<Wire> answeredNow() throws IOException {
        List<Wire> free = new ArrayList<>(selector.selectedKeys().size());
        for (SelectionKey key : selector.selectedKeys()) {
            Wire wire = (Wire) key.attachment();
            int status = wire.receive();
            if (status < 0) {
                continue;
            }
            if (status / 100 == 2) {
                answered++;
                latencies.add(System.nanoTime() - wire.since());
            } else {
                refused.merge(status, 1L, Long::sum);
            }
            free.add(wire);
        }
        selector.selectedKeys().clear();
        return free;
    }

    /** Waits for the answers that are still to come. */
    private void finish() throws IOException {
        long end = System.nanoTime() + LONGEST_ANSWER.toNanos();
        while (wires.stream().anyMatch(Wire::isBusy)) {
            if (System.nanoTime() > end) {
                throw new IOException("no answer within " + LONGEST_ANSWER.toSeconds() + " s");
            }
            selector.select(50);
            answeredNow();
        }
        idle.clear();
        idle.addAll(wires);
    }
}
