package io.daypass.broker.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.seal.SealedStore;
import io.daypass.outbox.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is due to an entry is done by one broker at a time. */
class ClaimsTest {
    private static final Duration WHILE = Duration.ofSeconds(30);

    private final ToySigner signer = new ToySigner();
    private final Bench bench = new Bench("signer", () -> signer);

    @BeforeEach
    void mount() {
        Bench.await(bench.mounts.enable("sig", "signer", "", MountConfig.NONE));
        bench.write("sig/roles/web", "{}");
    }

    @AfterEach
    void close() throws SQLException {
        bench.close();
    }

    @Test
    void due_thatAnotherBrokerIsAt_isLeftToIt_untilItsClaimRunsOut() {
        bench.advance(ToySigner.EVERY);
        assertTrue(Bench.await(others().take("web", bench.now().plus(WHILE))).isPresent());
        bench.mounts.look();
        bench.reapUntil(this::isIdle);
        assertEquals(1, moves(), "it was done though another broker was at it");
        bench.advance(WHILE);
        bench.mounts.look();
        bench.reapUntil(() -> moves() == 2);
    }

    @Test
    void due_thatIsDone_leavesNoClaim() {
        assertEquals(1, moves());
        assertTrue(Bench.await(others().take("web", bench.now().plus(WHILE))).isPresent());
    }

    @Test
    void claim_isOnes_untilItRunsOut_andIsThenNotReleasedByThem() {
        Claims.Claim first =
                Bench.await(others().take("web", bench.now().plus(WHILE))).orElseThrow();
        Instant later = bench.now().plus(WHILE).plus(WHILE);
        assertTrue(Bench.await(others().take("web", later)).isEmpty());
        bench.advance(WHILE);
        assertTrue(Bench.await(others().take("web", later)).isPresent());
        assertFalse(Bench.await(others().release(first)));
        assertTrue(Bench.await(others().take("web", later)).isEmpty());
    }

    /** As another broker over the same store has them. */
    private Claims others() {
        SealedTrees entries = new SealedTrees(new SealedStore(bench.store.entries(), bench.barrier()));
        String entry =
                Bench.await(bench.store.entries().list("table/", "", 1)).get(0).path();
        return new Claims(
                entries, entry.substring(0, entry.indexOf('/', "table/".length()) + 1) + "due:roles/", bench::now);
    }

    private boolean isIdle() {
        return bench.mounts.loads().stream()
                .flatMap(each -> each.lanes().stream())
                .allMatch(lane -> lane.underWay() == 0);
    }

    private long moves() {
        return Bench.await(bench.store.outbox().after(0, 1000)).stream()
                .filter(event -> event.type() == Event.Type.NOTED)
                .count();
    }
}
