package io.daypass.broker.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Source;
import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EndWatchTest {
    private final EndWatch watch = new EndWatch();
    private long cursor;

    @Test
    void close_endsOneWaitAlone() {
        EndWatch.Wait one = watch.of(7);
        EndWatch.Wait other = watch.of(7);
        one.close();
        said(event(Event.Type.ENDED, 7, "db/a", ""));
        assertFalse(one.word().isComplete());
        assertTrue(other.word().result().gone());
    }

    @Test
    void word_onAFailedAttempt_isItsError() {
        EndWatch.Wait wait = watch.of(7);
        said(event(Event.Type.ENDING, 7, "db/a", "revoked"), event(Event.Type.RETRYING, 7, "db/a", "away"));
        assertEquals(new EndWatch.Word(false, "away"), wait.word().result());
    }

    @Test
    void prefix_isOver_whenThoseThatBeganHaveEnded_andNotForOthersInTheirPlace() {
        try (PrefixWatch prefix = watch.under("db")) {
            said(event(Event.Type.ENDING, 1, "db/a", "revoked"), event(Event.Type.ENDING, 2, "db/a", "revoked"));
            said(event(Event.Type.ENDED, 9, "db/a", ""), event(Event.Type.ENDED, 8, "dbx", ""));
            said(event(Event.Type.WAITING, 1, "db/a", "12:00"), event(Event.Type.ENDED, 1, "db/a", ""));
            Future<EndWatch.Word> all = prefix.all();
            assertFalse(all.isComplete());
            said(event(Event.Type.ENDING, 3, "db/a", "expired"), event(Event.Type.RETRYING, 3, "db/a", "away"));
            assertFalse(all.isComplete());
            said(event(Event.Type.ENDED, 2, "db/a", ""));
            assertTrue(all.result().gone());
        }
    }

    @Test
    void prefix_withNothingUnderIt_isOverAtOnce() {
        try (PrefixWatch prefix = watch.under("db")) {
            assertTrue(prefix.all().result().gone());
        }
    }

    private void said(Event... events) {
        watch.committed(new Committed(Arrays.asList(events), Instant.MAX));
    }

    private Event event(Event.Type type, long n, String path, String detail) {
        Source source = new Source(path, "m1", "user", "");
        return new Event(++cursor, Instant.EPOCH, type, n, source, "app", null, Instant.EPOCH, detail);
    }
}
