package io.daypass.outbox;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The events of leases, by cursor: no gaps, in order for each lease. */
public interface Outbox {
    /**
     * Events after a cursor.
     *
     * @param after only cursors above this one
     * @param limit at most so many
     */
    CompletionStage<List<Event>> after(long after, int limit);

    /** The cursor of the oldest event that is still kept; 0 if there is none. */
    CompletionStage<Long> oldest();

    /** The cursor of the newest event; 0 if there never was one. */
    CompletionStage<Long> newest();

    /**
     * Calls this after every commit, before the promises of the changes in it are kept. It must not block or throw.
     *
     * @param listener gets what was committed together
     */
    void listen(Consumer<Committed> listener);
}
