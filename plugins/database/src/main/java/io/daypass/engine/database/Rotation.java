package io.daypass.engine.database;

import io.daypass.plugin.Default;
import io.daypass.plugin.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the change of a password has come. It has two phases: the next password is written down, and only then is the
 * database told. So whoever goes on, however it was broken off, tells it the same password again.
 *
 * @param asked whether somebody has asked for it, whatever the time
 * @param next the password that the database is being told; empty: none is under way
 * @param tellingUntil when the database stops to listen to what it was told last; empty: it has been told nothing
 * @param doubtUntil when it stops to listen to what it was told before that and nobody saw an answer to
 * @param last when one was finished
 * @param failedAt when the last attempt failed; empty: it didn't
 * @param problem what went wrong then
 */
record Rotation(
        @Default("false") boolean asked,
        Optional<Secret> next,
        Optional<Instant> tellingUntil,
        Optional<Instant> doubtUntil,
        Optional<Instant> last,
        Optional<Instant> failedAt,
        @Default("") String problem) {
    /** None was ever begun. */
    static final Rotation NONE = new Rotation(
            false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "");

    boolean isUnderWay() {
        return next.isPresent();
    }

    boolean isFailing() {
        return failedAt.isPresent();
    }

    /** Somebody has asked for it. */
    Rotation wanted() {
        return new Rotation(true, next, tellingUntil, doubtUntil, last, failedAt, problem);
    }

    /**
     * The database is about to be told.
     *
     * @param fresh the next password, if none is under way
     * @param until when the database stops to listen
     */
    Rotation told(Secret fresh, Instant until) {
        Secret telling = next.orElse(fresh);
        return new Rotation(asked, Optional.of(telling), Optional.of(until), inDoubt(), last, failedAt, problem);
    }

    /** The database has answered that it has the next password, to the attempt that was written down last. */
    Rotation answered(Instant now) {
        return done(doubtUntil, now);
    }

    /** The database was found to have the next password: whatever it was told may still be on its way to it. */
    Rotation found(Instant now) {
        return done(inDoubt(), now);
    }

    private Rotation done(Optional<Instant> doubt, Instant now) {
        return new Rotation(false, Optional.empty(), Optional.empty(), doubt, Optional.of(now), Optional.empty(), "");
    }

    /** None is under way any more: the database doesn't have the next password, and listens no more. */
    Rotation dropped(String why, Instant now) {
        return new Rotation(false, Optional.empty(), Optional.empty(), inDoubt(), last, Optional.of(now), why);
    }

    /** When the database stops to listen to all that it was ever told; empty: it has answered all. */
    Optional<Instant> inDoubt() {
        return tellingUntil
                .filter(telling -> doubtUntil.filter(telling::isBefore).isEmpty())
                .or(() -> doubtUntil);
    }

    /** An attempt has failed; it stays under way if it was. */
    Rotation failed(String why, Instant now) {
        return new Rotation(asked, next, tellingUntil, doubtUntil, last, Optional.of(now), why);
    }
}
