package io.daypass.broker.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.ApiException.Kind;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Verb;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases that live where nothing can vouch for them. */
@Timeout(60)
class UnfencedTest {
    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final String PATH = "toys/tokens/bare";

    private final ToyTarget target = new ToyTarget();
    private final Bench bench = new Bench("toy", () -> new ToyEngine(target));

    @BeforeEach
    void mount() {
        Bench.await(bench.mounts.enable("toys", "toy", "", MountConfig.NONE));
        bench.write("toys/config/shop", "{'address':'a','password':'hunter2-hunter2'}");
        bench.write("toys/roles/bare", "{'target':'shop','label':'" + ToyEngine.UNFENCED + "'}");
        bench.write("toys/roles/fenced", "{'target':'shop'}");
    }

    @AfterEach
    void close() throws SQLException {
        target.mute.countDown();
        bench.close();
    }

    private ApiException cant() {
        return bench.refusal(Verb.READ, PATH, "{}");
    }

    private Instant end() {
        return target.keys.values().iterator().next();
    }

    @Test
    void mint_endsByItsDeadline_andIsLengthenedBeforeTheReply() {
        bench.read(PATH);
        assertEquals(List.of("put", "extend"), target.calls);
        Instant expiresAt = Bench.START.plus(Duration.ofHours(1));
        assertEquals(expiresAt.plus(SLACK), end());
        assertEquals(expiresAt, bench.only().expiresAt());
        assertEquals(LeaseState.ACTIVE, bench.only().state());
    }

    @Test
    void othersOfTheSameKind_areMintedAsEver() {
        bench.read("toys/tokens/fenced");
        assertEquals(List.of("put"), target.calls);
        assertEquals(Bench.START.plus(Duration.ofHours(1)).plus(SLACK), end());
    }

    @Test
    void lengthening_thatFails_isAnswered_andTheLeaseEnds() {
        target.refusesToExtend = true;
        ApiException refused = cant();
        assertEquals(Kind.TARGET_FAILED, refused.kind());
        assertEquals(Bench.START.plus(Bench.MINT_DEADLINE), end());
        assertEquals(LeaseState.REVOKING, bench.only().state());
        bench.reapAll();
        assertTrue(target.keys.isEmpty());
    }

    @Test
    void mintOfUnknownOutcome_isNeverLengthened_andItsRowIsKeptForTheQuarantine() {
        bench.mintWithin(Duration.ofMillis(200));
        target.mute = new CountDownLatch(1);
        assertEquals(Kind.TARGET_FAILED, cant().kind());
        Lease row = bench.only();
        bench.reapUntil(() -> String.valueOf(bench.only().lastError()).startsWith("kept until"));
        assertEquals(row.mintDeadline().plus(Duration.ofHours(1)), bench.only().dueAt());
        bench.advance(Duration.ofMinutes(59));
        bench.reapUntil(() -> true);
        assertEquals(1, bench.leases().size(), "a fence's margin was taken for enough");
        bench.advance(Duration.ofMinutes(2));
        bench.reapAll();
        assertTrue(target.calls.stream().filter("drop 1"::equals).count() >= 2, target.calls.toString());
        assertTrue(!target.calls.contains("extend"), target.calls.toString());
    }

    @Test
    void requests_moreThanTheLaneHolds_are429_beforeAnythingIsWritten() {
        target.mute = new CountDownLatch(1);
        List<Future<Reply>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(bench.begin(Verb.READ, PATH, "{}", Caller.NOBODY));
        }
        target.mute.countDown();
        int issued = 0;
        for (Future<Reply> each : all) {
            if (isIssued(each)) {
                issued++;
            }
        }
        assertTrue(issued > 0);
        assertEquals(issued, bench.leases().size());
        assertEquals(issued, target.keys.size());
        assertEquals(issued, target.calls.stream().filter("extend"::equals).count());
        // Every place that was taken has been given back.
        bench.read(PATH);
    }

    private static boolean isIssued(Future<Reply> asked) {
        try {
            Bench.await(asked);
            return true;
        } catch (ApiException e) {
            assertEquals(Kind.BUSY, e.kind());
            return false;
        }
    }
}
