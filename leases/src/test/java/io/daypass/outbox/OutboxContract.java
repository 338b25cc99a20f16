package io.daypass.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Await;
import io.daypass.lease.Cause;
import io.daypass.lease.Draft;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.StoreUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What any outbox must do. */
public interface OutboxContract {
    /** The store, empty, with the portions of {@link StoreUnderTest}. */
    StoreUnderTest table();

    @Test
    default void events_haveCursorsWithoutGaps_andTellWhatHappened() {
        long n = table().active(Draft.lease(table().next()));
        Instant later = table().now().plusSeconds(7200);
        Await.get(table().leases().renew(n, later, Draft.SLACK));
        table().revoke(n);
        table().remove(n);
        List<Event> events = table().events();
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L), events.stream().map(Event::cursor).toList());
        assertEquals(
                List.of(Event.Type.BEGUN, Event.Type.ISSUED, Event.Type.RENEWED, Event.Type.ENDING, Event.Type.ENDED),
                events.stream().map(Event::type).toList());
        Event ended = events.get(4);
        Draft draft = Draft.lease(n);
        assertEquals(draft.source(), ended.source());
        assertEquals(later, ended.expiresAt());
        assertEquals(table().now(), ended.at());
        assertEquals(draft.at(table().now()).holder(), ended.holder());
        assertEquals(draft.at(table().now()).reason(), ended.reason());
    }

    @Test
    default void cursors_goOnAfterARestart_andPagesJoin() {
        for (int i = 0; i < 10; i++) {
            table().begin(Draft.lease(table().next()));
        }
        table().restart();
        table().begin(Draft.lease(table().next()));
        assertEquals(11L, Await.get(table().store().outbox().newest()));
        assertEquals(1L, Await.get(table().store().outbox().oldest()));
        List<Event> page = Await.get(table().store().outbox().after(4, 5));
        assertEquals(
                List.of(5L, 6L, 7L, 8L, 9L), page.stream().map(Event::cursor).toList());
    }

    @Test
    default void empty_hasNoCursors() {
        assertEquals(0L, Await.get(table().store().outbox().newest()));
        assertEquals(0L, Await.get(table().store().outbox().oldest()));
    }

    @Test
    default void listener_hearsOfACommit_beforeItsPromisesAreKept() {
        List<Committed> heard = new ArrayList<>();
        AtomicBoolean before = new AtomicBoolean();
        table().store().outbox().listen(heard::add);
        long n = table().next();
        CompletionStage<Void> kept = table().leases()
                .begin(Draft.lease(n).at(table().now()))
                .thenAccept(admission -> before.set(heard.stream()
                        .anyMatch(each -> each.events().stream().anyMatch(event -> event.n() == n))));
        Await.get(kept);
        assertTrue(before.get());
        assertEquals(table().now().plusSeconds(10), heard.get(heard.size() - 1).earliestDue());
    }

    @Test
    default void listener_learnsWhatIsDueFirst() {
        long active = table().active(Draft.lease(table().next()));
        long never = table().next();
        List<Committed> heard = new ArrayList<>();
        table().store().outbox().listen(heard::add);
        Await.get(table().leases().issue(Draft.lease(never).withoutEnd(table().now()), Draft.SLACK));
        assertEquals(Lease.NEVER, heard.get(0).earliestDue());
        table().revoke(active);
        assertEquals(table().now(), heard.get(1).earliestDue());
    }

    @Test
    default void listenerThatThrows_harmsNobody() {
        table().store().outbox().listen(committed -> {
            throw new IllegalStateException("a listener's own fault");
        });
        table().begin(Draft.lease(table().next()));
        assertEquals(1, table().count(LeaseFilter.ALL));
        Await.get(table().leases().revoke(LeaseFilter.ALL, Cause.REVOKED));
    }
}
