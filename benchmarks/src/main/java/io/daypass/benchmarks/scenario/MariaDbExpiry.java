package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.BareMariaDb;
import io.daypass.benchmarks.bare.StoreReader;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.MariaDbTarget;
import io.daypass.benchmarks.process.Site;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How fast MariaDB users go that all are due at once, against lists of DROP USER and nothing else: the broker also locks
 * them, ends their sessions, takes their fences, and writes down that they are gone.
 *
 * <p>The broker is stopped, by a signal, from before the first is due until the last is, so that all are.
 */
final class MariaDbExpiry implements Scenario {
    private static final int MOST_ROUNDS = 3;
    private static final int CLIENTS = 64;
    private static final int PORTION = 250;
    /** The broker's longest list, and a usual one for who drops by hand. */
    private static final int LIST = 64;

    private static final String ROLE = "brief";
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration AHEAD = Duration.ofSeconds(5);
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final long MILLIS_EACH = 3;

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "mariadb-expiry";
    }

    @Override
    public String about() {
        return "MariaDB users that are due at once: how many a second go, against bare lists of DROP USER";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int users = bench.pace().usersAtOnce();
        Site site = Site.create(bench.installation(), bench.directory("mariadb-expiry"));
        try (MariaDbTarget target = MariaDbTarget.start(bench.directory("mariadb"));
                Broker broker = site.start();
                BareMariaDb bare = new BareMariaDb(target.asBroker(1))) {
            DatabaseLoad load = DatabaseLoad.prepare(broker, "database", target);
            load.role(ROLE, DatabaseLoad.MARIADB_CREATION);
            bare.drops(DatabaseLoad.MARIADB_CREATION, Math.min(users, PORTION), LIST);
            Map<String, Series> taken = new Alternation()
                    .with("broker", () -> gone(bench, site, broker, target, load, users))
                    .with("bare", () -> bare.drops(DatabaseLoad.MARIADB_CREATION, users, LIST))
                    .rounds(Math.min(MOST_ROUNDS, bench.pace().rounds()));
            tell(bench, taken, users, target.version());
        }
    }

    private void tell(Bench bench, Map<String, Series> taken, int users, String version) {
        Series broker = series(taken, "broker");
        Series bare = series(taken, "bare");
        String note = version + ", 1 connection, lists of " + LIST;
        bench.add(lines.of(users + " users, bare DROP USER", bare, Unit.PER_SECOND, Goal.NONE, note));
        bench.add(lines.of(users + " users, broker, due to gone", broker, Unit.PER_SECOND, Goal.NONE, version));
        bench.add(lines.of("broker over bare", broker.over(bare), Unit.RATIO, Goal.atLeast(0.5), ""));
    }

    /** @return users a second, from when all are due until the last row and the last user are gone */
    private static double gone(
            Bench bench, Site site, Broker broker, MariaDbTarget target, DatabaseLoad load, int users)
            throws Exception {
        Path database = site.database();
        long first = StoreReader.highest(database) + 1;
        bench.say("making " + users + " users");
        make(broker, load, users);
        Instant due = StoreReader.firstDue(database, first).minus(BEFORE);
        Instant last = StoreReader.lastDue(database, first);
        if (due.isBefore(Instant.now())) {
            throw new IllegalStateException("making the users took too long; some are due already");
        }
        Pause.of(Duration.between(Instant.now(), due));
        broker.pause();
        Pause.of(Duration.between(Instant.now(), last));
        long start = System.nanoTime();
        broker.resume();
        boolean gone = Pause.until(() -> isEmpty(database, first), STEP, LONGEST);
        double seconds = (System.nanoTime() - start) / 1e9;
        long left = target.users(DatabaseLoad.MARK);
        if (!gone || left > 0) {
            throw new IllegalStateException(left + " users are left after " + seconds + " s");
        }
        return users / seconds;
    }

    /** Makes them in portions, each asking for the life that ends at the same second. */
    private static void make(Broker broker, DatabaseLoad load, int users) throws Exception {
        Instant ends = Instant.now().plus(AHEAD).plusMillis(users * MILLIS_EACH);
        for (int made = 0; made < users; made += PORTION) {
            long seconds = Math.max(1, Duration.between(Instant.now(), ends).toSeconds());
            try (Driver driver = new Driver(broker.address(), CLIENTS, load.requests(ROLE, seconds))) {
                driver.exactly(Math.min(PORTION, users - made)).sound();
            }
        }
    }

    private static boolean isEmpty(Path database, long first) {
        try {
            return StoreReader.leasesFrom(database, first) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException("the store can't be read", e);
        }
    }
}
