package io.daypass.engine.postgresql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.PasswordChange;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.Target;
import io.daypass.plugin.database.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A real database with no flaw of its own; each of its subclasses has one. */
class FlawedDatabase implements Database {
    final Database database;

    FlawedDatabase(Database database) {
        this.database = database;
    }

    @Override
    public Target target(Deadline deadline) throws Exception {
        return database.target(deadline);
    }

    @Override
    public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) throws Exception {
        database.create(place, creation, users, deadline);
    }

    @Override
    public void extend(Place place, User user, List<String> renewal, Instant until, Deadline deadline)
            throws Exception {
        database.extend(place, user, renewal, until, deadline);
    }

    @Override
    public void drop(Place place, Removal removal, List<User> users, Deadline deadline) throws Exception {
        database.drop(place, removal, users, deadline);
    }

    @Override
    public boolean settle(Place place, Removal removal, User user, Instant mintDeadline, Deadline deadline)
            throws Exception {
        return database.settle(place, removal, user, mintDeadline, deadline);
    }

    @Override
    public void setPassword(Place place, PasswordChange change, Deadline deadline) throws Exception {
        database.setPassword(place, change, deadline);
    }

    @Override
    public boolean accepts(Place place, String login, Secret password, Deadline deadline) throws Exception {
        return database.accepts(place, login, password, deadline);
    }

    @Override
    public List<String> users(Place place, Deadline deadline) throws Exception {
        return database.users(place, deadline);
    }

    @Override
    public void close() {
        database.close();
    }

    private static Deadline later(Duration time) {
        InstantSource clock = InstantSource.system();
        return new Deadline(clock.instant().plus(time), clock);
    }

    /** The user that was made last is not listed. */
    static final class ListsAllButOne extends FlawedDatabase {
        private volatile String last = "";

        ListsAllButOne(Database database) {
            super(database);
        }

        @Override
        public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) throws Exception {
            super.create(place, creation, users, deadline);
            last = users.get(users.size() - 1).user().name();
        }

        @Override
        public List<String> users(Place place, Deadline deadline) throws Exception {
            return super.users(place, deadline).stream()
                    .filter(name -> !name.equals(last))
                    .toList();
        }
    }

    /** A second removal fails. */
    static final class DropsOnce extends FlawedDatabase {
        private final Set<User> dropped = ConcurrentHashMap.newKeySet();

        DropsOnce(Database database) {
            super(database);
        }

        @Override
        public void drop(Place place, Removal removal, List<User> users, Deadline deadline) throws Exception {
            if (!dropped.addAll(users)) {
                throw new Refused("they are gone already");
            }
            super.drop(place, removal, users, deadline);
        }
    }

    /** What is absent can't be removed. */
    static final class WantsThemThere extends FlawedDatabase {
        private final Set<User> created = ConcurrentHashMap.newKeySet();

        WantsThemThere(Database database) {
            super(database);
        }

        @Override
        public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) throws Exception {
            users.forEach(each -> created.add(each.user()));
            super.create(place, creation, users, deadline);
        }

        @Override
        public void drop(Place place, Removal removal, List<User> users, Deadline deadline) throws Exception {
            if (!created.containsAll(users)) {
                throw new Refused("there is no such user");
            }
            super.drop(place, removal, users, deadline);
        }
    }

    /** What can't be reached is gone. */
    static final class TakesAwayForGone extends FlawedDatabase {
        TakesAwayForGone(Database database) {
            super(database);
        }

        @Override
        public void drop(Place place, Removal removal, List<User> users, Deadline deadline) throws Exception {
            try {
                super.drop(place, removal, users, deadline);
            } catch (Unavailable e) {
                // As if there were nobody.
            }
        }
    }

    /** A list is created one by one. */
    static final class CreatesOneByOne extends FlawedDatabase {
        CreatesOneByOne(Database database) {
            super(database);
        }

        @Override
        public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) throws Exception {
            for (NewUser each : users) {
                super.create(place, creation, List.of(each), deadline);
            }
        }
    }

    /** An error tells the password. */
    static final class TellsThePassword extends FlawedDatabase {
        TellsThePassword(Database database) {
            super(database);
        }

        @Override
        public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) throws Exception {
            try {
                super.create(place, creation, users, deadline);
            } catch (Refused e) {
                throw new Refused("no user with " + users.get(0).password().reveal(), e);
            }
        }
    }

    /** Deadlines are what it likes. */
    static final class IgnoresDeadlines extends FlawedDatabase {
        IgnoresDeadlines(Database database) {
            super(database);
        }

        @Override
        public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) throws Exception {
            super.create(place, creation, users, later(Duration.ofSeconds(13)));
        }
    }

    /** The end of a user is not moved, and nobody learns of it. */
    static final class ExtendsNothing extends FlawedDatabase {
        ExtendsNothing(Database database) {
            super(database);
        }

        @Override
        public void extend(Place place, User user, List<String> renewal, Instant until, Deadline deadline) {}
    }

    /** It vouches for what may still come. */
    static final class VouchesAlways extends FlawedDatabase {
        VouchesAlways(Database database) {
            super(database);
        }

        @Override
        public boolean settle(Place place, Removal removal, User user, Instant mintDeadline, Deadline deadline)
                throws Exception {
            super.settle(place, removal, user, mintDeadline, deadline);
            return true;
        }
    }

    /** A password is not changed, and nobody learns of it. */
    static final class SetsNoPassword extends FlawedDatabase {
        SetsNoPassword(Database database) {
            super(database);
        }

        @Override
        public void setPassword(Place place, PasswordChange change, Deadline deadline) {}
    }

    /** Any password is said to be right. */
    static final class AcceptsAny extends FlawedDatabase {
        AcceptsAny(Database database) {
            super(database);
        }

        @Override
        public boolean accepts(Place place, String login, Secret password, Deadline deadline) {
            return true;
        }
    }

    /** One database is as good as another. */
    static final class TakesAnyDatabase extends FlawedDatabase {
        TakesAnyDatabase(Database database) {
            super(database);
        }

        @Override
        public void drop(Place place, Removal removal, List<User> users, Deadline deadline) throws Exception {
            super.drop(new Place("", place.login()), removal, users, deadline);
        }
    }

    /** A thread outlives it. */
    static final class LeavesAThread extends FlawedDatabase {
        LeavesAThread(Database database) {
            super(database);
            Thread thread = new Thread(
                    () -> {
                        while (true) {
                            LockSupport.park();
                        }
                    },
                    "left-behind");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** It connects before it is used. */
    static final class ConnectsAtOnce extends FlawedDatabase {
        ConnectsAtOnce(Database database) {
            super(database);
            try {
                database.target(later(Duration.ofSeconds(5)));
            } catch (Exception e) {
                throw new Unavailable("it is not there", e);
            }
        }
    }
}
