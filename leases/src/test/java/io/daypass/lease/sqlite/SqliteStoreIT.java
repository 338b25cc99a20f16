package io.daypass.lease.sqlite;

import io.daypass.entry.EntryStoreContract;
import io.daypass.lease.AfterlifeContract;
import io.daypass.lease.DueContract;
import io.daypass.lease.LeaseTableContract;
import io.daypass.lease.QueryContract;
import io.daypass.lease.StoreUnderTest;
import io.daypass.lease.TraceContract;
import io.daypass.outbox.OutboxContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    @Override
    public StoreUnderTest table() {
        return table;
    }
}
