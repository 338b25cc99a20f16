package io.daypass.lease;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Leads from what a target knows of a credential to its lease. Leases that have gone are remembered for a while, and tokens
 * never: those are known to nobody but their holder. Nothing here blocks.
 */
public interface Traces {
    /** The lease of that number. */
    CompletionStage<Optional<Trace>> find(long n);

    /**
     * The leases with that serial, the newest first: each mount counts its own, so there may be several.
     *
     * @param serial 1 or more
     * @param limit at most so many
     */
    CompletionStage<List<Trace>> ofSerial(long serial, int limit);
}
