package io.daypass.benchmarks.bare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Afterlife;
import io.daypass.lease.Bytes;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.NewLease;
import io.daypass.lease.Source;
import io.daypass.lease.Store;
import io.daypass.lease.Terms;
import io.daypass.lease.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareSqliteIT {
    @TempDir
    Path directory = Path.of(".");

    @Test
    void rate_writesPairsLikeThoseOfTheStore() throws Exception {
        Path data = seeded();
        try (BareSqlite bare = new BareSqlite(data.resolve("daypass.db"), directory.resolve("bare.db"), 10)) {
            assertTrue(bare.rate(Duration.ofMillis(100)) > 0);
        }
    }

    @Test
    void add_fillsTheTable_withLeasesLikeThoseThatAreThere() throws Exception {
        Path data = seeded();
        Instant end = Instant.now().plusSeconds(3_600);
        new Filler(data, "bench").add(1_000, i -> end.plusSeconds(i));
        try (Store store = SqliteStore.open(data, InstantSource.system())) {
            assertEquals(
                    1_001L,
                    store.leases()
                            .count(LeaseFilter.under("bench"))
                            .toCompletableFuture()
                            .get());
        }
    }

    private Path seeded() throws Exception {
        Path data = directory.resolve("data");
        try (Store store = SqliteStore.open(data, InstantSource.system())) {
            Instant now = Instant.now();
            NewLease lease = new NewLease(
                    store.leases().next(),
                    new Source("bench/creds/r0", "m", "key", ""),
                    0,
                    now,
                    now,
                    now.plusSeconds(60),
                    now.plusSeconds(60),
                    "holder",
                    null,
                    true,
                    0,
                    Bytes.EMPTY,
                    false,
                    1,
                    Bytes.of(new byte[200]),
                    Afterlife.NONE);
            store.leases()
                    .issue(lease, Terms.DEFAULT.slack())
                    .toCompletableFuture()
                    .get();
        }
        return data;
    }
}
