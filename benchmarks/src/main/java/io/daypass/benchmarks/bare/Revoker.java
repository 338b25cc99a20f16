package io.daypass.benchmarks.bare;

import io.daypass.lease.Cause;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.Store;
import io.daypass.lease.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Revokes leases through the store's own interface, while no broker runs. */
public final class Revoker {
    private static final int AT_A_TIME = 64;

    private Revoker() {}

    /**
     * Revokes leases at random. Blocks.
     *
     * @param data the store's directory
     * @param first the lowest number that a lease may have
     * @param last the highest
     * @param count how many, of many more
     */
    public static void revoke(Path data, long first, long last, int count) {
        try (Store store = SqliteStore.open(data, InstantSource.system())) {
            LeaseTable leases = store.leases();
            SplittableRandom random = new SplittableRandom(11);
            int left = count;
            while (left > 0) {
                List<CompletableFuture<Boolean>> asked = new ArrayList<>();
                for (int i = 0; i < Math.min(left, AT_A_TIME); i++) {
                    asked.add(leases.revoke(random.nextLong(first, last + 1), Cause.REVOKED)
                            .toCompletableFuture());
                }
                left -= (int) asked.stream().filter(CompletableFuture::join).count();
            }
        }
    }
}
