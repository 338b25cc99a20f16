package io.daypass.broker.mount;

import io.daypass.lease.NewLease;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mint;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A lease that is worked out and not yet begun: from here on nothing of it is worked out any more.
 *
 * @param row as it will be written
 * @param id its id
 * @param mint the step that creates its credential
 * @param slow whether that step only computes, but for too long for an event loop
 * @param deadline of that step, and of what comes after it
 * @param after done once it is active, before anybody is told of it; null: nothing
 * @param warnings for the caller
 */
record Drafted<A>(
        NewLease row,
        String id,
        Mint<A> mint,
        boolean slow,
        Deadline deadline,
        @Nullable Callable<Boolean> after,
        List<String> warnings) {
    long n() {
        return row.n();
    }

    String target() {
        return row.source().target();
    }
}
