package io.daypass.lease.sqlite;

import java.time.Duration;

/**
 * How the SQLite store works. None of these changes what is kept of what lives, only how fast and in what portions.
 *
 * @param batch changes in one commit, at most
 * @param waiting changes that may wait for a commit; beyond it they fail at once
 * @param checkpointPages WAL pages of 8 KiB after which the committing thread writes them back: small for short tails,
 *     4,000 for a little more throughput
 * @param portions how much is done together
 * @param readers threads, each with a connection, that read
 * @param waitingReads reads that may wait for a thread; beyond it they fail at once
 * @param kept how much is kept of what has been
 */
public record Settings(
        int batch, int waiting, int checkpointPages, Portions portions, int readers, int waitingReads, Kept kept) {
    /** What is used unless something else is asked for. */
    public static final Settings DEFAULT = new Settings(
            1024,
            65_536,
            1000,
            new Portions(64, 2048, 65_536),
            2,
            8192,
            new Kept(1_000_000, Duration.ofDays(7), 1_000_000));

    public Settings {
        atLeastOne(batch, readers);
    }

    /**
     * How much is done together.
     *
     * @param chunk rows that a claim or a revocation of many touches in one commit: everybody else waits that long
     * @param childChunk numbers that are entered into the index of children together
     * @param block numbers that are moved ahead of use together
     */
    public record Portions(int chunk, int childChunk, int block) {
        public Portions {
            atLeastOne(chunk, childChunk, block);
        }
    }

    /**
     * How much is kept of what has been.
     *
     * @param events at most
     * @param endedFor how long it is remembered who had a lease that has gone; zero: not at all
     * @param ended so many of those at most
     */
    public record Kept(int events, Duration endedFor, int ended) {
        public Kept {
            atLeastOne(events, ended);
        }
    }

    /** The same with other portions, so that a test meets their edges with few rows. */
    public Settings portions(int chunk, int childChunk, int block) {
        return new Settings(
                batch, waiting, checkpointPages, new Portions(chunk, childChunk, block), readers, waitingReads, kept);
    }

    /** The same, keeping so many events. */
    public Settings keeping(int events) {
        return with(new Kept(events, kept.endedFor(), kept.ended()));
    }

    /** The same, remembering so many leases that have gone, for so long. */
    public Settings remembering(Duration time, int most) {
        return with(new Kept(kept.events(), time, most));
    }

    private Settings with(Kept other) {
        return new Settings(batch, waiting, checkpointPages, portions, readers, waitingReads, other);
    }

    private static void atLeastOne(int... settings) {
        for (int each : settings) {
            if (each < 1) {
                throw new IllegalArgumentException("every setting of the store must be 1 or more");
            }
        }
    }
}
