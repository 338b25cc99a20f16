package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What any lease table must do with one lease: how it begins, moves on, is renewed, used and revoked. */
public interface LeaseTableContract {
    /** The store, empty, with the portions of {@link StoreUnderTest}. */
    StoreUnderTest table();

    @Test
    default void begin_isReadBackWhole() {
        NewLease lease = Draft.lease(table().next()).uses(3).tagged("a").at(table().now());
        assertEquals(Admission.BEGUN, Await.get(table().leases().begin(lease)));
        Lease row = table().lease(lease.n());
        assertEquals(
                new Lease(
                        lease.n(),
                        lease.source(),
                        lease.parent(),
                        LeaseState.PENDING,
                        false,
                        lease.mintDeadline(),
                        lease.issuedAt(),
                        lease.expiresAt(),
                        lease.maxExpiresAt(),
                        lease.mintDeadline(),
                        0,
                        null,
                        lease.holder(),
                        lease.reason(),
                        true,
                        3,
                        lease.tag(),
                        1,
                        lease.sealed(),
                        null,
                        Afterlife.NONE),
                row);
    }

    @Test
    default void begin_underParentThatIsNotActive_isRefused() {
        long pending = table().begin(Draft.token(table().next()));
        long revoking = table().active(Draft.token(table().next()));
        table().revoke(revoking);
        for (long parent : List.of(pending, revoking, 999_999L)) {
            long n = table().next();
            assertEquals(Admission.PARENT_ENDED, table().admit(Draft.lease(n).under(parent)));
            assertEquals(Optional.empty(), table().find(n));
            assertEquals(List.of(), table().told(n));
        }
    }

    @Test
    default void begin_underParentExpiredByTheStoresClock_isRefused() {
        long parent = table().active(Draft.token(table().next()).lasting(Duration.ofMinutes(1)));
        table().advance(Duration.ofMinutes(1));
        assertEquals(
                Admission.PARENT_ENDED,
                table().admit(Draft.lease(table().next()).under(parent)));
    }

    @Test
    default void issue_underParentIssuedInTheSameBatch_isLetIn() {
        long parent = table().next();
        long child = table().next();
        Instant now = table().now();
        CompletionStage<Admission> first =
                table().leases().issue(Draft.token(parent).at(now), Draft.SLACK);
        CompletionStage<Admission> second =
                table().leases().issue(Draft.lease(child).under(parent).at(now), Draft.SLACK);
        assertEquals(Admission.BEGUN, Await.get(first));
        assertEquals(Admission.BEGUN, Await.get(second));
    }

    @Test
    default void begin_inClosedLane_isRefused_untilItIsOpened() {
        LaneKey mount = new LaneKey("m1", "");
        LaneKey other = new LaneKey("m1", "other");
        Await.get(table().leases().close(Draft.LANE));
        assertEquals(Admission.CLOSED, table().admit(Draft.lease(table().next())));
        table().begin(Draft.lease(table().next()).in(other));
        Await.get(table().leases().close(mount));
        assertEquals(Admission.CLOSED, table().admit(Draft.lease(table().next()).in(other)));
        assertEquals(
                Admission.CLOSED,
                Await.get(table().leases().issue(Draft.lease(table().next()).at(table().now()), Draft.SLACK)));
        table().restart();
        assertEquals(
                Set.of(Draft.LANE, mount),
                new HashSet<>(Await.get(table().leases().closed())));
        Await.get(table().leases().open(mount));
        assertEquals(Admission.CLOSED, table().admit(Draft.lease(table().next())));
        Await.get(table().leases().open(Draft.LANE));
        table().begin(Draft.lease(table().next()));
    }

    @Test
    default void begin_withAliasThatIsTaken_isRefused_alsoWithinOneBatch() {
        Instant now = table().now();
        List<CompletionStage<Admission>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(table().leases()
                    .begin(Draft.token(table().next()).tagged("same").at(now)));
        }
        List<Admission> admissions = all.stream().map(Await::get).toList();
        assertEquals(List.of(Admission.BEGUN, Admission.ALIAS_TAKEN, Admission.ALIAS_TAKEN), admissions);
    }

    @Test
    default void alias_isFound_untilItsRowIsGone() {
        long n = table().issue(Draft.token(table().next()).tagged("t"));
        assertEquals(OptionalLong.of(n), Await.get(table().leases().findAlias(Draft.tag("t"))));
        assertEquals(OptionalLong.empty(), Await.get(table().leases().findAlias(Draft.tag("u"))));
        table().revoke(n);
        assertTrue(table().remove(n));
        assertEquals(OptionalLong.empty(), Await.get(table().leases().findAlias(Draft.tag("t"))));
        table().issue(Draft.token(table().next()).tagged("t"));
    }

    @Test
    default void begin_ofANumberThatIsThere_failsAlone() {
        long n = table().begin(Draft.lease(table().next()));
        CompletionStage<Admission> twice = table().leases().begin(Draft.lease(n).at(table().now()));
        long other = table().next();
        CompletionStage<Admission> good =
                table().leases().begin(Draft.lease(other).at(table().now()));
        assertInstanceOf(StoreException.class, Await.failure(twice));
        assertEquals(Admission.BEGUN, Await.get(good));
        assertEquals(List.of("BEGUN"), table().told(n));
        assertEquals(List.of("BEGUN"), table().told(other));
    }

    @Test
    default void activate_makesItDueAtItsEndAndSlack() {
        long n = table().active(Draft.lease(table().next()));
        Lease lease = table().lease(n);
        assertEquals(LeaseState.ACTIVE, lease.state());
        assertTrue(lease.mintOver());
        assertEquals(lease.expiresAt().plus(Draft.SLACK), lease.dueAt());
        assertEquals(List.of("BEGUN", "ISSUED"), table().told(n));
    }

    @Test
    default void activate_twice_isRefused() {
        long n = table().active(Draft.lease(table().next()));
        assertFalse(Await.get(table().leases().activate(n, Draft.SLACK)));
        assertEquals(LeaseState.ACTIVE, table().state(n));
    }

    @Test
    default void activate_afterRevoke_isRefused_andTheMintIsOver() {
        long n = table().begin(Draft.lease(table().next()));
        table().revoke(n);
        assertFalse(table().lease(n).mintOver());
        table().advance(Duration.ofSeconds(1));
        assertFalse(Await.get(table().leases().activate(n, Draft.SLACK)));
        Lease lease = table().lease(n);
        assertEquals(LeaseState.REVOKING, lease.state());
        assertTrue(lease.mintOver());
        assertEquals(table().now(), lease.dueAt());
    }

    @Test
    default void activate_afterItsParentEnded_isRefused_andTheRowIsDue() {
        long parent = table().active(Draft.token(table().next()));
        long n = table().begin(Draft.lease(table().next()).under(parent));
        table().revoke(parent);
        assertFalse(Await.get(table().leases().activate(n, Draft.SLACK)));
        Lease lease = table().lease(n);
        assertEquals(LeaseState.REVOKING, lease.state());
        assertTrue(lease.mintOver());
        assertEquals(table().now(), lease.dueAt());
        assertEquals(List.of("BEGUN", "ENDING parent"), table().told(n));
    }

    @Test
    default void activate_inLaneClosedMeanwhile_isRefused() {
        long n = table().begin(Draft.lease(table().next()));
        Await.get(table().leases().close(new LaneKey("m1", "")));
        assertFalse(Await.get(table().leases().activate(n, Draft.SLACK)));
        assertEquals(List.of("BEGUN", "ENDING unmounted"), table().told(n));
    }

    @Test
    default void activate_afterItsEnd_isRefused() {
        long n = table().begin(Draft.lease(table().next()).lasting(Duration.ofSeconds(5)));
        table().advance(Duration.ofSeconds(5));
        assertFalse(Await.get(table().leases().activate(n, Draft.SLACK)));
        assertEquals(List.of("BEGUN", "ENDING expired"), table().told(n));
    }

    @Test
    default void activateAgainstRevoke_oneOfThemComesFirst_andNothingStaysActive() {
        for (int i = 0; i < 50; i++) {
            long n = table().begin(Draft.lease(table().next()));
            CompletionStage<Boolean> first;
            CompletionStage<Boolean> second;
            if (i % 2 == 0) {
                first = table().leases().activate(n, Draft.SLACK);
                second = table().leases().revoke(n, Cause.REVOKED);
            } else {
                second = table().leases().revoke(n, Cause.REVOKED);
                first = table().leases().activate(n, Draft.SLACK);
            }
            Await.get(first);
            assertTrue(Await.get(second));
            assertEquals(LeaseState.REVOKING, table().state(n));
            assertTrue(table().lease(n).mintOver());
        }
    }

    @Test
    default void mintFailed_saysWhetherTheMintIsOver() {
        long unknown = table().begin(Draft.lease(table().next()));
        assertTrue(Await.get(table().leases().mintFailed(unknown, false, "no answer")));
        long refused = table().begin(Draft.lease(table().next()));
        assertTrue(Await.get(table().leases().mintFailed(refused, true, "syntax error")));
        assertFalse(table().lease(unknown).mintOver());
        assertTrue(table().lease(refused).mintOver());
        assertEquals("syntax error", table().lease(refused).lastError());
        assertEquals(table().now(), table().lease(unknown).dueAt());
        assertFalse(Await.get(table().leases().mintFailed(unknown, false, "again")));
        assertEquals("no answer", table().lease(unknown).lastError());
        assertEquals(List.of("BEGUN", "ENDING mint"), table().told(unknown));
    }

    @Test
    default void mintReturned_afterItWasGivenUp_onlySaysThatItIsOver() {
        long n = table().begin(Draft.lease(table().next()));
        Await.get(table().leases().mintFailed(n, false, "no answer"));
        Await.get(table().leases().wait(Map.of(n, table().now().plusSeconds(70))));
        table().advance(Duration.ofSeconds(5));
        assertTrue(Await.get(table().leases().mintReturned(n)));
        Lease lease = table().lease(n);
        assertTrue(lease.mintOver());
        assertEquals(LeaseState.REVOKING, lease.state());
        assertEquals(table().now(), lease.dueAt());
        assertFalse(Await.get(table().leases().mintReturned(n)));
        assertFalse(Await.get(table().leases().mintReturned(123_456)));
    }

    @Test
    default void renew_movesEndAndDue_neverEarlier() {
        long n = table().active(Draft.lease(table().next()));
        Instant later = table().now().plus(Duration.ofHours(2));
        assertTrue(Await.get(table().leases().renew(n, later, Draft.SLACK)));
        assertFalse(Await.get(table().leases().renew(n, later.minusSeconds(1), Draft.SLACK)));
        assertEquals(later, table().lease(n).expiresAt());
        assertEquals(later.plus(Draft.SLACK), table().lease(n).dueAt());
    }

    @Test
    default void renew_twoAtOnce_theLaterEndHolds() {
        for (int i = 0; i < 20; i++) {
            long n = table().active(Draft.lease(table().next()));
            Instant shorter = table().now().plus(Duration.ofHours(2));
            Instant longer = table().now().plus(Duration.ofHours(3));
            CompletionStage<Boolean> one = table().leases().renew(n, i % 2 == 0 ? longer : shorter, Draft.SLACK);
            CompletionStage<Boolean> other = table().leases().renew(n, i % 2 == 0 ? shorter : longer, Draft.SLACK);
            boolean first = Await.get(one);
            boolean second = Await.get(other);
            assertTrue(first || second);
            assertEquals(longer, table().lease(n).expiresAt());
        }
    }

    @Test
    default void renew_afterItsEnd_isRefused_alsoWhileTheRowIsStillActive() {
        long n = table().active(Draft.lease(table().next()).lasting(Duration.ofMinutes(1)));
        table().advance(Duration.ofMinutes(1));
        assertFalse(Await.get(table().leases().renew(n, table().now().plusSeconds(60), Draft.SLACK)));
        assertEquals(LeaseState.ACTIVE, table().state(n));
    }

    @Test
    default void renew_ofWhatIsNotActive_isRefused() {
        long pending = table().begin(Draft.lease(table().next()));
        long revoking = table().active(Draft.lease(table().next()));
        table().revoke(revoking);
        Instant later = table().now().plus(Duration.ofHours(3));
        for (long n : List.of(pending, revoking, 999_999L)) {
            assertFalse(Await.get(table().leases().renew(n, later, Draft.SLACK)));
        }
    }

    @Test
    default void renew_beyondItsMaximum_fails() {
        long n = table().active(Draft.lease(table().next()));
        Instant beyond = table().lease(n).maxExpiresAt().plusMillis(1);
        assertInstanceOf(
                IllegalArgumentException.class, Await.failure(table().leases().renew(n, beyond, Draft.SLACK)));
        assertTrue(table().lease(n).expiresAt().isBefore(beyond));
    }

    @Test
    default void renewAgainstRevoke_whateverComesFirst_theRevokeHolds() {
        for (int i = 0; i < 50; i++) {
            long n = table().active(Draft.lease(table().next()));
            Instant later = table().now().plus(Duration.ofHours(2));
            CompletionStage<Boolean> early = i % 2 == 0 ? table().leases().revoke(n, Cause.REVOKED) : null;
            CompletionStage<Boolean> renewed = table().leases().renew(n, later, Draft.SLACK);
            CompletionStage<Boolean> revoked = early == null ? table().leases().revoke(n, Cause.REVOKED) : early;
            assertEquals(early == null, Await.get(renewed));
            assertTrue(Await.get(revoked));
            assertEquals(LeaseState.REVOKING, table().state(n));
            assertEquals(table().now(), table().lease(n).dueAt());
        }
    }

    @Test
    default void use_countsDown_andTheLastOneLeavesNone() {
        long n = table().issue(Draft.token(table().next()).uses(2));
        assertEquals(OptionalLong.of(1), Await.get(table().leases().use(n)));
        assertEquals(OptionalLong.of(0), Await.get(table().leases().use(n)));
        assertEquals(OptionalLong.empty(), Await.get(table().leases().use(n)));
        assertEquals(-1, table().lease(n).usesLeft());
        long often = table().issue(Draft.token(table().next()));
        assertEquals(OptionalLong.of(Long.MAX_VALUE), Await.get(table().leases().use(often)));
        assertEquals(OptionalLong.empty(), Await.get(table().leases().use(999_999)));
    }

    @Test
    default void use_byManyAtOnce_isNeverGivenTwice() {
        long n = table().issue(Draft.token(table().next()).uses(5));
        List<CompletionStage<OptionalLong>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(table().leases().use(n));
        }
        List<Long> given = all.stream()
                .map(Await::get)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .sorted()
                .toList();
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), given);
    }

    @Test
    default void revoke_isDueAtOnce_andHappensOnce() {
        long n = table().active(Draft.lease(table().next()));
        assertTrue(table().revoke(n));
        assertFalse(table().revoke(n));
        assertEquals(table().now(), table().lease(n).dueAt());
        assertEquals(List.of("BEGUN", "ISSUED", "ENDING revoked"), table().told(n));
        assertFalse(table().revoke(999_999));
    }
}
