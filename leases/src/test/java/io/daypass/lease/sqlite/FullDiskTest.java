package io.daypass.lease.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Admission;
import io.daypass.lease.Await;
import io.daypass.lease.Draft;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.Source;
import io.daypass.lease.StoreException;
import io.daypass.lease.StoreUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store whose database may not grow any more, as on a full disk. */
class FullDiskTest {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Connection connection = SqliteStore.memory();
    private StoreUnderTest table;

    @BeforeEach
    void open() {
        table = new StoreUnderTest(clock -> SqliteStore.over(connection, clock, Settings.DEFAULT, thread));
    }

    @AfterEach
    void close() throws SQLException {
        thread.shutdown();
        connection.close();
    }

    @Test
    void whileItIsFull_changesFail_andNothingOfThemIsThere_afterwardsAllIsWell() {
        table.begin(Draft.lease(table.next()));
        pages(1);
        long refused = fill();
        assertEquals(List.of(), table.told(refused));
        assertTrue(table.find(refused).isEmpty());
        pages(1_000_000);
        table.begin(Draft.lease(refused).from(new Source("a/new/source", "m9", "user", "")));
        assertEquals(List.of("BEGUN"), table.told(refused));
        long rows = table.count(LeaseFilter.ALL);
        assertEquals(
                rows, table.events().stream().map(event -> event.n()).distinct().count());
        assertEquals(rows, table.events().get(table.events().size() - 1).cursor());
    }

    /** Begins leases until one can't be written, and answers its number. */
    private long fill() {
        while (true) {
            List<Long> numbers = new ArrayList<>();
            List<CompletionStage<Admission>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                long n = table.next();
                numbers.add(n);
                all.add(table.leases().begin(Draft.lease(n).at(table.now())));
            }
            for (int i = 0; i < all.size(); i++) {
                CompletionStage<Admission> each = all.get(i);
                if (Await.get(each.handle((admission, failure) -> failure != null))) {
                    StoreException why = assertInstanceOf(StoreException.class, Await.failure(each));
                    assertTrue(String.valueOf(why.getMessage()).contains("is full; free some space"), why.getMessage());
                    return numbers.get(i);
                }
            }
        }
    }

    private void pages(int most) {
        Await.get(CompletableFuture.runAsync(
                () -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("pragma max_page_count = " + most);
                        connection.rollback();
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                },
                thread));
    }
}
