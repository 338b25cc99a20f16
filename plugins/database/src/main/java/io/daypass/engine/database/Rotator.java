package io.daypass.engine.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.PasswordChange;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * Changes passwords in two phases. Every step is a change of the entry from just what was read: whoever has been overtaken
 * meanwhile, by another broker after a pause for instance, changes nothing.
 *
 * @param <T> the entry that holds the password
 */
final class Rotator<T extends Record & Rotated<T>> {
    /** How exactly the deadline that the database keeps is known. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final Mount mount;
    private final Connections connections;
    private final Passwords passwords;
    private final Table<T> table;
    private final BiFunction<String, T, String> connectionOf;

    /** @param connectionOf the name of the connection that changes it, from the entry and its name */
    Rotator(
            Mount mount,
            Connections connections,
            Passwords passwords,
            Table<T> table,
            BiFunction<String, T, String> connectionOf) {
        this.mount = mount;
        this.connections = connections;
        this.passwords = passwords;
        this.table = table;
        this.connectionOf = connectionOf;
    }

    /** Brings a change to its end, or begins with one; what is wrong is written down in the entry. */
    void rotate(String name, T entry, Deadline deadline) throws Exception {
        try {
            attempt(name, entry, deadline);
        } catch (Exception e) {
            noteFailure(name, entry, e);
            throw e;
        }
    }

    private void attempt(String name, T entry, Deadline deadline) throws Exception {
        Rotation read = entry.progress();
        Holds holds = read.isUnderWay() ? holds(name, entry, deadline) : Holds.ANOTHER;
        if (holds == Holds.NEXT) {
            finish(name, entry, read.next().orElseThrow(), read.found(now()));
            return;
        }
        Optional<Instant> later = entry.putOff(now());
        if (later.isPresent() && holds == Holds.ANOTHER) {
            putOff(name, entry, later.get());
            return;
        }
        if (!read.isUnderWay()) {
            mustHaveBeenHeard(read);
        }
        Secret next = read.next().orElseGet(() -> drawn(name, entry));
        Rotation telling = read.told(next, deadline.at());
        T written = table.update(name, newest -> isAt(newest, read) ? newest.at(telling) : newest);
        if (isAt(written, telling)) {
            tell(name, written, next, deadline);
            finish(name, written, next, telling.answered(now()));
        }
    }

    /** What the database has, while it is being told another password. */
    private enum Holds {
        NEXT,
        ANOTHER,
        /** It can't be asked, or can't say; it will be told again. */
        UNKNOWN
    }

    private Holds holds(String name, T entry, Deadline deadline) throws Exception {
        String connection = connectionOf.apply(name, entry);
        Place place = new Place(connections.identity(connection), "");
        Secret next = entry.progress().next().orElseThrow();
        try {
            return connections.of(connection).database().accepts(place, entry.login(), next, deadline)
                    ? Holds.NEXT
                    : Holds.ANOTHER;
        } catch (Unavailable e) {
            return Holds.UNKNOWN;
        }
    }

    /** Nothing that it was told, and gave no answer to, must come after what it is told next. */
    private void mustHaveBeenHeard(Rotation read) {
        Optional<Instant> until = read.inDoubt().map(each -> each.plus(MARGIN));
        if (until.filter(now()::isBefore).isPresent()) {
            throw new Unavailable("what the database was told before may be on its way to it until " + until.get()
                    + "; the password is rotated after that");
        }
    }

    private Secret drawn(String name, T entry) {
        Connection connection = connections.table().named(connectionOf.apply(name, entry));
        String policy = entry.policy(connection);
        passwords.check(policy, connection.scramIterations());
        return passwords.draw(policy);
    }

    private void tell(String name, T entry, Secret next, Deadline deadline) throws Exception {
        String connection = connectionOf.apply(name, entry);
        Database database = connections.of(connection).database();
        Place place =
                new Place(connections.learn(connection, database, deadline).identity(), "");
        User user = new User(entry.login(), mount.lockKey("password of " + entry.login()));
        int iterations = connections.table().named(connection).scramIterations();
        // Learning where it leads may have changed the connection's entry, and so closed what was open of it.
        connections
                .of(connection)
                .database()
                .setPassword(
                        place, new PasswordChange(user, next, entry.held(), entry.rotating(), iterations), deadline);
    }

    private void finish(String name, T entry, Secret password, Rotation done) {
        table.update(
                name,
                newest -> isAt(newest, entry.progress()) ? newest.holding(password, done) : newest,
                changed -> "the password of " + changed.login() + " was rotated");
    }

    private void putOff(String name, T entry, Instant later) {
        Rotation read = entry.progress();
        mustHaveBeenHeard(read);
        String why = "its rotation_window has passed; it is due again at " + later;
        Rotation dropped = read.dropped(why, now());
        table.update(
                name,
                newest -> isAt(newest, read) ? newest.putOffAt(now(), dropped) : newest,
                changed -> "the password of " + changed.login() + " was not rotated: " + why);
    }

    /** Unless it is somebody else's by now, who has finished. */
    private void noteFailure(String name, T entry, Exception failure) {
        String text = text(failure, entry);
        AtomicBoolean isNews = new AtomicBoolean();
        try {
            table.update(
                    name,
                    newest -> {
                        Rotation progress = newest.progress();
                        boolean isOurs = progress.last().equals(entry.progress().last());
                        isNews.set(isOurs && !progress.problem().equals(text));
                        return isOurs ? newest.at(progress.failed(text, now())) : newest;
                    },
                    changed -> isNews.get()
                            ? "the password of " + changed.login() + " could not be rotated, and is tried again: "
                                    + text
                            : null);
        } catch (RuntimeException e) {
            // Deleted meanwhile, or the store is away: the failure itself is told all the same.
            failure.addSuppressed(e);
        }
    }

    /** What an error says, without the passwords that it may be about. */
    private static <T extends Record & Rotated<T>> String text(Exception failure, T entry) {
        String text = String.valueOf(failure.getMessage());
        for (Optional<Secret> secret : List.of(entry.held(), entry.progress().next())) {
            if (secret.filter(each -> !each.isEmpty()).isPresent()) {
                text = text.replace(secret.get().reveal(), "[redacted]");
            }
        }
        return text;
    }

    private static <T extends Record & Rotated<T>> boolean isAt(T entry, Rotation progress) {
        return entry.progress().equals(progress);
    }

    private Instant now() {
        return mount.clock().instant();
    }
}
