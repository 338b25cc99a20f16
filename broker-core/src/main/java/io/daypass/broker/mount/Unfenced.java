package io.daypass.broker.mount;

import io.daypass.broker.mount.guard.Guard;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Leases.Extend;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Leases of a kind that live where nothing can vouch for them. They are minted to end soon, and lengthened when they are
 * active: what lands after its row has gone is past its end.
 *
 * @param which of them
 * @param lengthen tells the target the true end
 */
record Unfenced<H extends Record>(Predicate<H> which, Extend<H> lengthen) {
    /** Whether this lease is one. */
    boolean has(H handle, Guard guard) {
        return guard.call(() -> which.test(handle));
    }

    /**
     * What is to be done once this lease is active.
     *
     * @param end with the slack that the engine saw
     */
    Callable<Boolean> lengthening(H handle, Instant end, Deadline deadline) {
        return () -> {
            lengthen.extend(handle, end, deadline);
            return true;
        };
    }
}
