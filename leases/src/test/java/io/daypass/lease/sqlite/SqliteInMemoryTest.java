package io.daypass.lease.sqlite;

import io.daypass.entry.EntryStoreContract;
import io.daypass.lease.AfterlifeContract;
import io.daypass.lease.DueContract;
import io.daypass.lease.LeaseTableContract;
import io.daypass.lease.QueryContract;
import io.daypass.lease.StoreUnderTest;
import io.daypass.lease.TraceContract;
import io.daypass.outbox.OutboxContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The store in memory, on one thread, keeps the contract of stores. */
class SqliteInMemoryTest
        implements LeaseTableContract,
                AfterlifeContract,
                TraceContract,
                DueContract,
                QueryContract,
                OutboxContract,
                EntryStoreContract {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Connection connection = SqliteStore.memory();
    private StoreUnderTest table;

    @BeforeEach
    void open() {
        Settings settings = Settings.DEFAULT
                .portions(StoreUnderTest.PORTION, StoreUnderTest.CHILD_PORTION, StoreUnderTest.BLOCK)
                .remembering(TraceContract.FOR, TraceContract.REMEMBERED);
        table = new StoreUnderTest(clock -> SqliteStore.over(connection, clock, settings, thread));
    }

    @AfterEach
    void close() throws SQLException {
        thread.shutdown();
        connection.close();
    }

    @Override
    public StoreUnderTest table() {
        return table;
    }
}
