package io.daypass.dist;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.embedded.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The leases of one mount, as the broker has them written down.
 *
 * @param api as whoever may see them
 * @param path where it is mounted
 */
record LeaseBook(Api api, String path) {
    private static final Duration BALANCED = Duration.ofSeconds(5);

    /** Its rows in a state, or in all of them if that is empty. */
    JsonNode rows(String state) {
        return api.read("sys/leases/query?limit=1000&prefix=" + path + (state.isEmpty() ? "" : "&state=" + state))
                .ok()
                .data()
                .path("leases");
    }

    /** Ends a lease, and tells what came of it. */
    Answer revoke(Answer lease) {
        return api.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()));
    }

    /**
     * Waits until nothing is under way, and then holds the books against the target: as many users as active leases.
     *
     * @param atMost how long to wait for rows that are pending, or being revoked
     * @param users those that the target has
     */
    void settles(Duration atMost, Callable<? extends Collection<String>> users) {
        Await.until(
                atMost,
                () -> "rows remain: " + rows("pending") + rows("revoking"),
                () -> rows("pending").isEmpty() && rows("revoking").isEmpty());
        Await.until(
                BALANCED,
                () -> "users " + told(users) + " for rows " + rows("active"),
                () -> users.call().size() == rows("active").size());
    }

    private static Object told(Callable<? extends Collection<String>> users) {
        try {
            return users.call();
        } catch (Exception unreachable) {
            return unreachable;
        }
    }
}
