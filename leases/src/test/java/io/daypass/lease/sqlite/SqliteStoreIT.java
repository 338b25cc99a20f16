package io.daypass.lease.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.daypass.entry.EntryStoreContract;
import io.daypass.lease.AfterlifeContract;
import io.daypass.lease.Await;
import io.daypass.lease.Draft;
import io.daypass.lease.DueContract;
import io.daypass.lease.LeaseState;
import io.daypass.lease.LeaseTableContract;
import io.daypass.lease.QueryContract;
import io.daypass.lease.StoreUnderTest;
import io.daypass.lease.TraceContract;
import io.daypass.outbox.OutboxContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on disk keeps the contract of stores. */
class SqliteStoreIT
        implements LeaseTableContract,
                AfterlifeContract,
                TraceContract,
                DueContract,
                QueryContract,
                OutboxContract,
                EntryStoreContract {
    private StoreUnderTest table;

    @BeforeEach
    void open(@TempDir Path directory) {
        Settings settings = Settings.DEFAULT
                .portions(StoreUnderTest.PORTION, StoreUnderTest.CHILD_PORTION, StoreUnderTest.BLOCK)
                .remembering(TraceContract.FOR, TraceContract.REMEMBERED);
        table = new StoreUnderTest(clock -> SqliteStore.open(directory, clock, settings));
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void claims_ofAProcessThatEnded_areDueAtOnce() {
        long claimed = table.active(Draft.lease(table.next()).lasting(Duration.ofMinutes(1)));
        long failed = table.active(Draft.lease(table.next()).lasting(Duration.ofMinutes(1)));
        long live = table.active(Draft.lease(table.next()).lasting(Duration.ofSeconds(140)));
        table.advance(Duration.ofMinutes(2));
        assertEquals(List.of(claimed, failed), table.claimed(Draft.LANE));
        Instant later = table.now().plus(Duration.ofMinutes(5));
        Await.get(table.leases().failed(Map.of(failed, later), "away"));
        table.restart();
        assertEquals(List.of(claimed), table.claimed(Draft.LANE));
        assertEquals(later, table.lease(failed).dueAt());
        assertEquals(LeaseState.ACTIVE, table.state(live));
    }

    @Override
    public StoreUnderTest table() {
        return table;
    }
}
