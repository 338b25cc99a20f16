package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Minting.Outcome;
import io.daypass.lease.sqlite.Settings;
import io.daypass.lease.sqlite.SqliteStore;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MintingTest {
    private final Connection connection = SqliteStore.memory();
    private final StoreUnderTest table =
            new StoreUnderTest(clock -> SqliteStore.over(connection, clock, Settings.DEFAULT, Runnable::run));
    private final long n = table.begin(Draft.lease(table.next()));
    private final Minting minting = new Minting(table.leases(), n, Draft.SLACK);

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void returned_makesItActive() {
        assertEquals(Outcome.ACTIVE, Await.get(minting.returned()));
        assertEquals(LeaseState.ACTIVE, table.state(n));
    }

    @Test
    void returned_afterARevocation_isTooLate() {
        table.revoke(n);
        assertEquals(Outcome.ENDED, Await.get(minting.returned()));
        assertTrue(table.lease(n).mintOver());
    }

    @Test
    void unknown_leavesTheMintOpen_untilItReturns() {
        assertEquals(Outcome.FAILED, Await.get(minting.unknown("no answer")));
        assertFalse(table.lease(n).mintOver());
        assertEquals(Outcome.LATE, Await.get(minting.returned()));
        assertTrue(table.lease(n).mintOver());
        assertEquals(LeaseState.REVOKING, table.state(n));
    }

    @Test
    void refused_meansOver_alsoWhenItComesLate() {
        assertEquals(Outcome.FAILED, Await.get(minting.unknown("no answer")));
        assertEquals(Outcome.LATE, Await.get(minting.refused("a syntax error")));
        assertTrue(table.lease(n).mintOver());
        assertEquals("no answer", table.lease(n).lastError());
    }

    @Test
    void unknown_afterItReturned_changesNothing() {
        assertEquals(Outcome.ACTIVE, Await.get(minting.returned()));
        assertEquals(Outcome.LATE, Await.get(minting.unknown("no answer in time")));
        assertEquals(LeaseState.ACTIVE, table.state(n));
    }

    @Test
    void undelivered_endsIt() {
        Await.get(minting.returned());
        assertTrue(Await.get(minting.undelivered()));
        assertEquals("ENDING undelivered", table.told(n).get(2));
    }
}
