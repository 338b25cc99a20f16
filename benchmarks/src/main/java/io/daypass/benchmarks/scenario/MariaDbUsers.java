package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.BareMariaDb;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.load.Outcome;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.CpuShares;
import io.daypass.benchmarks.process.MariaDbTarget;
import io.daypass.benchmarks.process.Site;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How many MariaDB users a second through the whole broker, against JDBC alone with the broker's own statements and fence
 * on the same server.
 */
final class MariaDbUsers implements Scenario {
    private static final int CLIENTS = 64;
    private static final String ROLE = "reader";
    private static final Duration LONGEST_END = Duration.ofMinutes(3);

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "mariadb-users";
    }

    @Override
    public String about() {
        return "MariaDB users/s through the broker, against bare JDBC with the broker's own SQL and fence";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Site site = Site.create(bench.installation(), bench.directory("mariadb-users"));
        try (MariaDbTarget target = MariaDbTarget.start(bench.directory("mariadb"));
                Broker broker = site.start()) {
            DatabaseLoad load = DatabaseLoad.prepare(broker, "database", target);
            load.role(ROLE, DatabaseLoad.MARIADB_CREATION);
            measure(bench, broker, target, load);
        }
    }

    private void measure(Bench bench, Broker broker, MariaDbTarget target, DatabaseLoad load) throws Exception {
        Pace pace = bench.pace();
        List<String> creation = DatabaseLoad.MARIADB_CREATION;
        try (Driver driver = new Driver(broker.address(), CLIENTS, load.requests(ROLE));
                BareMariaDb bare = new BareMariaDb(target.asBroker(DatabaseLoad.MARIADB_CONNECTIONS))) {
            bench.say("warming up");
            int list = longestList(target, driver, pace);
            clear(load, target);
            bare.rate(creation, pace.cell(), list);
            target.drop(BareMariaDb.MARK);
            CpuShares ofBroker = new CpuShares(broker);
            CpuShares ofBare = new CpuShares(broker);
            Map<String, Series> taken = new Alternation()
                    .with("broker", () -> {
                        double rate = ofBroker.during(
                                () -> driver.closedLoop(pace.cell()).sound().rate(), pace.cell());
                        clear(load, target);
                        return rate;
                    })
                    .with("bare", () -> {
                        double rate = ofBare.during(() -> bare.rate(creation, pace.cell(), list), pace.cell());
                        target.drop(BareMariaDb.MARK);
                        return rate;
                    })
                    .rounds(pace.rounds());
            String version = target.version();
            tell(
                    bench,
                    taken,
                    version + ", " + CLIENTS + " clients; " + ofBroker.each(),
                    version + ", " + DatabaseLoad.MARIADB_CONNECTIONS + " connections, lists of " + list + "; "
                            + ofBare.each());
        }
    }

    private void tell(Bench bench, Map<String, Series> taken, String brokerNote, String bareNote) {
        Series broker = series(taken, "broker");
        Series bare = series(taken, "bare");
        bench.add(lines.of("bare JDBC", bare, Unit.PER_SECOND, Goal.NONE, bareNote));
        bench.add(lines.of("broker", broker, Unit.PER_SECOND, Goal.NONE, brokerNote));
        bench.add(lines.of("broker over bare", broker.over(bare), Unit.RATIO, Goal.atLeast(0.9), ""));
    }

    /** How many users the broker makes at once under this load: users over statements that create some. */
    private static int longestList(MariaDbTarget target, Driver driver, Pace pace) throws Exception {
        long before = target.creations();
        Outcome outcome = driver.closedLoop(pace.warmUp()).sound();
        long statements = Math.max(1, target.creations() - before);
        return (int) Math.max(1, Math.round((double) outcome.answered() / statements));
    }

    private static void clear(DatabaseLoad load, MariaDbTarget target) throws Exception {
        load.revokeAll(ROLE);
        boolean gone = Pause.until(() -> count(target) == 0, Duration.ofMillis(50), LONGEST_END);
        if (!gone) {
            throw new IllegalStateException(
                    count(target) + " users are still there after " + LONGEST_END.toSeconds() + " s");
        }
    }

    private static long count(MariaDbTarget target) {
        try {
            return target.users(DatabaseLoad.MARK);
        } catch (SQLException e) {
            throw new IllegalStateException("the server doesn't answer", e);
        }
    }
}
