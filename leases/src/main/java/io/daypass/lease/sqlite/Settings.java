package io.daypass.lease.sqlite;

import java.time.Duration;

/**
 * How the SQLite store works. None of these changes what is kept, only how fast and in what portions.
 *
 * @param batch changes in one commit, at most
 * @param waiting changes that may wait for a commit; beyond it they fail at once
 * @param checkpointPages WAL pages of 8 KiB after which the committing thread writes them back: small for short tails,
 *     4,000 for a little more throughput
 * @param chunk rows that a claim or a revocation of many touches in one commit: everybody else waits that long
 * @param childChunk numbers that are entered into the index of children together
 * @param block numbers that are moved ahead of use together
 * @param readers threads, each with a connection, that read
 * @param waitingReads reads that may wait for a thread; beyond it they fail at once
 * @param keptEvents events kept at most
 * @param rememberFor how long it is remembered who had a lease that has gone; zero: not at all
 * @param rememberMost so many of those at most
 */
public record Settings(
        int batch,
        int waiting,
        int checkpointPages,
        int chunk,
        int childChunk,
        int block,
        int readers,
        int waitingReads,
        int keptEvents,
        Duration rememberFor,
        int rememberMost) {
    /** What is used unless something else is asked for. */
    public static final Settings DEFAULT =
            new Settings(1024, 65_536, 1000, 64, 2048, 65_536, 2, 8192, 1_000_000, Duration.ofDays(7), 1_000_000);

    public Settings {
        if (Math.min(Math.min(batch, chunk), Math.min(childChunk, block)) < 1
                || Math.min(Math.min(readers, keptEvents), rememberMost) < 1) {
            throw new IllegalArgumentException("every setting of the store must be 1 or more");
        }
    }

    /** The same with other portions, so that a test meets their edges with few rows. */
    public Settings portions(int chunk, int childChunk, int block) {
        return new Settings(
                batch,
                waiting,
                checkpointPages,
                chunk,
                childChunk,
                block,
                readers,
                waitingReads,
                keptEvents,
                rememberFor,
                rememberMost);
    }

    /** The same, keeping so many events. */
    public Settings keeping(int events) {
        return new Settings(
                batch,
                waiting,
                checkpointPages,
                chunk,
                childChunk,
                block,
                readers,
                waitingReads,
                events,
                rememberFor,
                rememberMost);
    }

    /** The same, remembering so many leases that have gone, for so long. */
    public Settings remembering(Duration time, int most) {
        return new Settings(
                batch,
                waiting,
                checkpointPages,
                chunk,
                childChunk,
                block,
                readers,
                waitingReads,
                keptEvents,
                time,
                most);
    }
}
