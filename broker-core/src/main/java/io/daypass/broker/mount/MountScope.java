package io.daypass.broker.mount;

import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.mount.guard.Guard;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.lease.LaneKey;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.Serials;
import io.daypass.lease.StoreException;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one mount share.
 *
 * @param id of the mount
 * @param entry as it is set now
 * @param parts of the broker
 * @param guard around its engine
 * @param lanes its engine's code runs in
 * @param closures of its targets
 * @param counting what counts what it makes; nothing until it is loaded
 */
record MountScope(
        String id,
        Supplier<MountEntry> entry,
        Parts parts,
        Guard guard,
        Lanes lanes,
        Closures closures,
        AtomicReference<@Nullable Serials> counting) {
    /** The time, in whole milliseconds as leases have it. */
    Instant now() {
        return parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    LeaseTable leases() {
        return parts.store().leases();
    }

    /**
     * The next number of what the mount makes.
     *
     * @throws IllegalStateException if nothing of the mount has numbers
     */
    long serial() {
        Serials serials = counting.get();
        if (serials == null) {
            throw new IllegalStateException("Request.serial is for mounts with a kind that is listed");
        }
        try {
            return serials.next();
        } catch (StoreException e) {
            throw new Unavailable("serials are asked for faster than they can be counted; try again in a second", e);
        }
    }

    Deadline deadline(Instant at) {
        return new Deadline(at, parts.clock());
    }

    Deadline deadlineIn(Duration time) {
        return deadline(now().plus(time));
    }

    LaneKey lane(String target) {
        return new LaneKey(id, target);
    }

    /**
     * Runs code of the engine that does not block.
     *
     * @throws io.daypass.broker.api.ApiException whatever it throws, sorted
     */
    <T> T guarded(Callable<T> code) {
        try {
            return guard.call(code);
        } catch (EngineFailure e) {
            throw e.toAnswer();
        }
    }

    /** The mount's path without its slash. */
    String path() {
        String path = entry.get().path();
        return path.substring(0, path.length() - 1);
    }

    static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
