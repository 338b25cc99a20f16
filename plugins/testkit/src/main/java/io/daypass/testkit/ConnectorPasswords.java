package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.EngineException;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.PasswordChange;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.User;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** That passwords are changed, once and for all or not at all, and that it can be told which one holds. */
abstract class ConnectorPasswords extends ConnectorTrials {
    private static final int MOST_MESSAGES = 64;

    private static Secret drawn() {
        return Secret.of(UUID.randomUUID().toString());
    }

    private static PasswordChange change(NewUser user, Secret password, List<String> statements) {
        return new PasswordChange(user.user(), password, Optional.of(user.password()), statements, 4096);
    }

    private void set(NewUser user, Secret password, Deadline deadline) throws Exception {
        database.setPassword(place, change(user, password, List.of()), deadline);
    }

    private boolean accepts(NewUser user, Secret password) throws Exception {
        return database.accepts(place, user.user().name(), password, soon());
    }

    private boolean logsIn(NewUser user, Secret password) {
        return logsIn(new NewUser(user.user(), password, user.expiresAt()));
    }

    @Test
    void setPassword_changesIt_andChangesItAgain() throws Exception {
        NewUser user = created();
        Secret next = drawn();
        assertTrue(accepts(user, user.password()));
        assertFalse(accepts(user, next));
        set(user, next, soon());
        set(user, next, soon());
        assertTrue(logsIn(user, next));
        assertFalse(logsIn(user));
        assertTrue(accepts(user, next));
        assertFalse(accepts(user, user.password()));
        drop(user);
    }

    @Test
    void setPassword_byStatements_doesWhatTheySay() throws Exception {
        NewUser user = created();
        Secret next = drawn();
        connector().checkRotation("rotation_statements", rotation());
        database.setPassword(place, change(user, next, rotation()), soon());
        assertTrue(logsIn(user, next));
        drop(user);
    }

    @Test
    void checkRotation_ofStatementsThatSetNoPassword_isInvalid() {
        List<String> nothing = rotation().stream()
                .map(each -> each.replace("{{password}}", "fixed"))
                .toList();
        assertThrows(Invalid.class, () -> connector().checkRotation("rotation_statements", nothing));
        connector().checkRotation("rotation_statements", List.of());
    }

    @Test
    void setPassword_byStatementsThatLockItsOwnerOut_isRefused_andThePreviousOneHolds() throws Exception {
        for (List<String> statements : lockingOut()) {
            NewUser user = created();
            Secret next = drawn();
            connector().checkRotation("rotation_statements", statements);
            assertThrows(
                    Refused.class,
                    () -> database.setPassword(place, change(user, next, statements), soon()),
                    statements.toString());
            assertTrue(logsIn(user), () -> "with the previous password after " + statements);
            drop(user);
        }
    }

    @Test
    void setPassword_ofNobody_isRefused_andMakesNobody() throws Exception {
        NewUser nobody = user();
        assertThrows(Refused.class, () -> set(nobody, drawn(), soon()));
        assertFalse(exists(nobody));
    }

    @Test
    void setPassword_afterItsDeadlineByTheDatabasesClock_isRefusedByIt() throws Exception {
        NewUser user = created();
        InstantSource behind = () -> CLOCK.instant().minusSeconds(6);
        Deadline passed = new Deadline(CLOCK.instant().minusSeconds(1), behind);
        assertThrows(Unavailable.class, () -> set(user, drawn(), passed));
        assertTrue(logsIn(user));
        drop(user);
    }

    @Test
    void setPassword_brokenOffAtEveryMessage_leavesOneOfTheTwo_andEndsTheSame() throws Exception {
        boolean done = false;
        for (int messages = 0; messages < MOST_MESSAGES && !done; messages++) {
            NewUser user = created();
            Secret next = drawn();
            database.close();
            database = fresh();
            link().cutAfter(messages);
            done = isSet(user, next);
            link().heal();
            assertNotEquals(logsIn(user), logsIn(user, next), "broken off at message " + messages);
            assertEquals(logsIn(user, next), accepts(user, next), "broken off at message " + messages);
            database.close();
            database = fresh();
            set(user, next, soon());
            assertTrue(logsIn(user, next), "broken off at message " + messages);
            drop(user);
        }
        assertTrue(done, "no password could be set over a link that lets " + MOST_MESSAGES + " messages pass");
    }

    private boolean isSet(NewUser user, Secret next) throws Exception {
        try {
            set(user, next, soon());
            return true;
        } catch (Unavailable e) {
            return false;
        }
    }

    @Test
    void setPassword_elsewhere_isUnavailable_andTouchesNothing() throws Exception {
        NewUser user = created();
        place = new Place("another", "");
        assertThrows(Unavailable.class, () -> set(user, drawn(), soon()));
        place = new Place("", "");
        assertTrue(logsIn(user));
        drop(user);
    }

    @Test
    void password_whileTheDatabaseIsDown_isNeitherSetNorTried_norToldInErrors() throws Exception {
        NewUser user = created();
        Secret next = drawn();
        link().cut();
        tellsNothing(assertThrows(Unavailable.class, () -> set(user, next, soon())), user.password(), next);
        tellsNothing(assertThrows(Unavailable.class, () -> accepts(user, next)), user.password(), next);
        link().heal();
        assertTrue(logsIn(user));
        drop(user);
    }

    @Test
    void setPassword_ofAUserWhoseNameIsWrittenInAnyWay_isThatUsers() throws Exception {
        NewUser user = created();
        User other = new User(user.user().name() + " x@y", user.user().lockKey());
        PasswordChange change = new PasswordChange(other, drawn(), Optional.empty(), List.of(), 4096);
        assertThrows(Refused.class, () -> database.setPassword(place, change, soon()));
        assertTrue(logsIn(user));
        drop(user);
    }

    private static void tellsNothing(EngineException thrown, Secret... secrets) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            for (Secret secret : secrets) {
                assertFalse(each.toString().contains(secret.reveal()), "a password is in an error");
            }
        }
    }
}
