package io.daypass.broker.mount;

import io.daypass.lease.Cause;
import io.daypass.lease.LaneKey;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.Store;
import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mounts that are being removed: closed for new leases, all of theirs ending. Hears of each end, and tells when the last
 * row of a mount is gone.
 */
final class Unmounts {
    private static final Logger LOG = LoggerFactory.getLogger(Unmounts.class);

    private final LeaseTable leases;
    private final Map<String, Ending> ending = new ConcurrentHashMap<>();

    Unmounts(Store store) {
        this.leases = store.leases();
        store.outbox().listen(this::committed);
    }

    /** One of them. */
    private static final class Ending {
        final CompletableFuture<Void> gone = new CompletableFuture<>();
        boolean counting;
        boolean again;
    }

    /**
     * Closes a mount and revokes its leases; begins anew if that was done before.
     *
     * @return when both are durable
     */
    CompletionStage<Void> begin(String mount) {
        LaneKey lane = new LaneKey(mount, "");
        ending.computeIfAbsent(mount, id -> new Ending());
        return leases.close(lane)
                .thenCompose(closed -> leases.revoke(LeaseFilter.in(lane), Cause.UNMOUNTED))
                .thenAccept(count -> check(mount));
    }

    /** Completes when the last row of the mount is gone. */
    CompletionStage<Void> gone(String mount) {
        return ending.computeIfAbsent(mount, id -> new Ending()).gone;
    }

    /** Forgets a mount. */
    void forget(String mount) {
        ending.remove(mount);
    }

    /** Forgets all: what is being removed is found again in the store. */
    void forgetAll() {
        ending.clear();
    }

    private void committed(Committed committed) {
        if (ending.isEmpty()) {
            return;
        }
        Set<String> touched = committed.events().stream()
                .filter(event -> event.type() == Event.Type.ENDED || event.type() == Event.Type.GIVEN_UP)
                .map(event -> event.source().mount())
                .filter(ending::containsKey)
                .collect(Collectors.toSet());
        touched.forEach(this::check);
    }

    /** Counts, one count of a mount at a time. */
    private void check(String mount) {
        Ending end = ending.get(mount);
        if (end == null) {
            return;
        }
        synchronized (end) {
            end.again = end.counting;
            if (end.counting) {
                return;
            }
            end.counting = true;
        }
        leases.count(LeaseFilter.in(new LaneKey(mount, "")))
                .whenComplete((count, error) -> counted(mount, end, count, error));
    }

    private void counted(String mount, Ending end, Long count, Throwable error) {
        boolean again;
        synchronized (end) {
            end.counting = false;
            again = end.again;
        }
        if (error != null) {
            LOG.atError().addKeyValue("mount", mount).setCause(error).log("the leases of a mount can't be counted");
        } else if (count == 0) {
            end.gone.complete(null);
        } else if (again) {
            check(mount);
        }
    }
}
