package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.mount.lane.Threads;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.EngineException;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What every database connector must keep, tried on a real database. */
@Timeout(120)
public abstract class ConnectorContract extends ConnectorPasswords {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int AT_ONCE = 16;
    private static final int MOST_MESSAGES = 64;

    private void extend(NewUser user, Duration life) throws Exception {
        database.extend(place, user.user(), List.of(), CLOCK.instant().plus(life), soon());
    }

    private static void passes(Instant instant) {
        while (!CLOCK.instant().isAfter(instant)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void connector_hasANameAndRoomForNames() {
        assertFalse(connector().names().isEmpty());
        assertTrue(connector().longestName() >= LEAST_NAME);
        assertEquals(List.of(), connector().check(creation(), List.of(), removal()));
    }

    @Test
    void open_doesNoIo() {
        link().cut();
        fresh().close();
        assertFalse(connector().endpoint(config()).host().isEmpty());
    }

    @Test
    void target_isTheSameEachTime() throws Exception {
        try (Database other = fresh()) {
            assertEquals(place.identity(), other.target(soon()).identity());
        }
    }

    @Test
    void create_makesUsersWhoLogIn_untilTheyAreDropped() throws Exception {
        NewUser one = user();
        NewUser other = user();
        create(creation(), one, other);
        assertTrue(logsIn(one));
        assertTrue(logsIn(other));
        drop(one, other);
        assertFalse(logsIn(one));
        assertFalse(exists(one));
        assertFalse(exists(other));
    }

    @Test
    void users_areAllThatThereAre() throws Exception {
        NewUser one = created();
        NewUser other = created();
        List<String> names = List.of(one.user().name(), other.user().name());
        assertTrue(database.users(place, soon()).containsAll(names));
        drop(one, other);
        assertTrue(Collections.disjoint(database.users(place, soon()), names));
    }

    @Test
    void create_withOneThatFails_leavesNone() throws Exception {
        NewUser there = created();
        NewUser fresh = user();
        assertThrows(Refused.class, () -> create(creation(), fresh, there));
        assertFalse(exists(fresh), "one of a list that was refused");
        assertTrue(logsIn(there), "one that was there before");
    }

    @Test
    void create_thatIsRefused_leavesNothing_andTellsNoPassword() throws Exception {
        NewUser user = user();
        Refused refused = assertThrows(Refused.class, () -> create(refusedCreation(), user));
        assertFalse(exists(user));
        assertFalse(
                String.valueOf(refused.getMessage()).contains(user.password().reveal()));
    }

    @Test
    void create_afterItsDeadlineByTheDatabasesClock_isRefusedByIt() throws Exception {
        NewUser user = user();
        InstantSource behind = () -> CLOCK.instant().minusSeconds(6);
        Deadline passed = new Deadline(CLOCK.instant().minusSeconds(1), behind);
        assertThrows(Unavailable.class, () -> database.create(place, creation(), List.of(user), passed));
        assertFalse(exists(user));
    }

    @Test
    void create_manyAtOnce_makesAll() throws Exception {
        ThreadFactory threads = Threads.named("create-");
        List<FutureTask<NewUser>> tasks = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            tasks.add(new FutureTask<>(this::created));
            threads.newThread(tasks.get(i)).start();
        }
        List<NewUser> made = new ArrayList<>();
        for (FutureTask<NewUser> each : tasks) {
            made.add(each.get());
        }
        assertTrue(made.stream().allMatch(this::logsIn));
        drop(made.toArray(NewUser[]::new));
        for (NewUser each : made) {
            assertFalse(exists(each));
        }
    }

    @Test
    void drop_twice_isTheSame() throws Exception {
        NewUser user = created();
        drop(user);
        drop(user);
        assertFalse(exists(user));
    }

    @Test
    void drop_ofWhatWasNeverMade_succeeds() throws Exception {
        NewUser there = created();
        drop(user(), there, user());
        assertFalse(exists(there));
    }

    @Test
    void drop_endsSessions() throws Exception {
        NewUser user = created();
        try (Session session = login(user)) {
            assertTrue(session.isAlive());
            drop(user);
            assertFalse(session.isAlive(), "a session of a user that was dropped");
        }
    }

    @Test
    void drop_afterEveryPrefixOfACreation_leavesNothing() throws Exception {
        boolean made = false;
        for (int messages = 0; messages < MOST_MESSAGES && !made; messages++) {
            NewUser user = user();
            link().cutAfter(messages);
            made = isCreated(user);
            link().heal();
            drop(user);
            assertFalse(exists(user), "after a creation that broke off at message " + messages);
        }
        assertTrue(made, "nobody could be made over a link that lets " + MOST_MESSAGES + " messages pass");
    }

    private boolean isCreated(NewUser user) throws Exception {
        try {
            create(creation(), user);
            return true;
        } catch (Unavailable e) {
            return false;
        }
    }

    @Test
    void extend_movesTheEnd_onlyLater() throws Exception {
        NewUser user = user(Duration.ofSeconds(2));
        create(creation(), user);
        extend(user, Duration.ofHours(1));
        extend(user, SHORT);
        passes(user.expiresAt().plusMillis(300));
        assertTrue(logsIn(user), "a user whose end was moved");
        drop(user);
    }

    @Test
    void extend_ofWhatIsGone_isRefused_andMakesNothing() throws Exception {
        NewUser user = created();
        drop(user);
        assertThrows(Refused.class, () -> extend(user, Duration.ofHours(2)));
        assertFalse(exists(user));
    }

    @Test
    void settle_endsIt_andVouchesOnlyAfterTheDeadline() throws Exception {
        NewUser user = created();
        Instant later = CLOCK.instant().plusSeconds(60);
        assertFalse(database.settle(place, removal(), user.user(), later, soon()));
        assertFalse(exists(user));
        Instant past = CLOCK.instant().minusSeconds(1);
        assertTrue(database.settle(place, removal(), user.user(), past, soon()));
    }

    @Test
    void call_ofAnotherDatabasesUsers_isUnavailable_andTouchesNothing() throws Exception {
        NewUser user = created();
        place = new Place("another", "");
        assertAll(calls(user, LONG).map(call -> () -> assertThrows(Unavailable.class, call)));
        place = new Place("", "");
        assertTrue(logsIn(user), "a user of this database");
        drop(user);
    }

    @Test
    void call_whileTheDatabaseIsDown_isUnavailable_andWorksAfter() throws Exception {
        NewUser user = created();
        link().cut();
        assertAll(calls(user, LONG).map(call -> () -> assertThrows(Unavailable.class, call)));
        link().heal();
        assertTrue(logsIn(user));
        drop(user);
        assertFalse(exists(user));
    }

    @Test
    void call_whileTheDatabaseIsMute_endsByItsDeadline() throws Exception {
        NewUser user = created();
        link().mute();
        Instant before = CLOCK.instant();
        List<Executable> calls = calls(user, SHORT).toList();
        for (Executable call : calls) {
            assertThrows(Unavailable.class, call);
        }
        Duration took = Duration.between(before, CLOCK.instant());
        assertTrue(took.compareTo(SHORT.multipliedBy(3L * calls.size())) < 0, () -> "it took " + took);
        link().heal();
        drop(user);
        assertFalse(exists(user));
    }

    /** Each call that there is, on this user but for the creation of another. */
    private Stream<Executable> calls(NewUser user, Duration within) {
        Instant later = CLOCK.instant().plus(Duration.ofHours(2));
        return Stream.of(
                () -> database.create(place, creation(), List.of(user()), in(within)),
                () -> drop(in(within), user),
                () -> database.settle(place, removal(), user.user(), later, in(within)),
                () -> database.extend(place, user.user(), List.of(), later, in(within)));
    }

    @Test
    void errors_tellNoPassword() throws Exception {
        link().cut();
        NewUser user = user();
        EngineException thrown = assertThrows(EngineException.class, () -> create(creation(), user));
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            String text = each.toString();
            assertFalse(text.contains(user.password().reveal()), "the user's password is in an error");
            assertFalse(text.contains(config().password().reveal()), "the broker's password is in an error");
        }
    }

    @Test
    void close_leavesNoThread() throws Exception {
        drop(created());
        database.close();
        Set<Thread> before = Leftovers.threads();
        database = fresh();
        drop(created());
        database.close();
        Set<Thread> since = Leftovers.threadsSince(before);
        database = fresh();
        assertEquals(Set.of(), since, "threads that outlive the database");
    }
}
