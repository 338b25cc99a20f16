package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.BarePostgres;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.load.Outcome;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.CpuShares;
import io.daypass.benchmarks.process.PostgresTarget;
import io.daypass.benchmarks.process.Site;
import io.daypass.embedded.PostgresVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * How many PostgreSQL users a second through the whole broker, against JDBC alone with the broker's own statement on the
 * same server. On 14, where a login doesn't pay for the users it has made, so that one login is fair to both.
 */
final class PgUsers implements Scenario {
    private static final int CLIENTS = 64;
    private static final int FEW_ITERATIONS = 1;
    private static final int USUAL_ITERATIONS = 4_096;
    private static final Duration LONGEST_END = Duration.ofMinutes(2);

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "pg-users";
    }

    @Override
    public String about() {
        return "PostgreSQL users/s through the broker, against bare JDBC with the broker's own SQL";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Site site = Site.create(bench.installation(), bench.directory("pg-users"));
        try (PostgresTarget target = PostgresTarget.start(PostgresVersion.V14, bench.directory("postgresql-14"));
                Broker broker = site.start()) {
            DatabaseLoad load = DatabaseLoad.prepare(broker, "database", target);
            // First the fast one, whose requests are so many that the broker is compiled when the other's begin.
            measure(bench, broker, target, load, FEW_ITERATIONS);
            measure(bench, broker, target, load, USUAL_ITERATIONS);
        }
    }

    private void measure(Bench bench, Broker broker, PostgresTarget target, DatabaseLoad load, int iterations)
            throws Exception {
        Pace pace = bench.pace();
        String role = "iterations-" + iterations;
        load.role(role, iterations);
        try (Driver driver = new Driver(broker.address(), CLIENTS, load.requests(role));
                BarePostgres bare = new BarePostgres(
                        target.asBroker(DatabaseLoad.CONNECTIONS), DatabaseLoad.creation(iterations))) {
            bench.say("warming up " + role);
            int list = longestList(target, driver, pace);
            clear(load, role, target);
            bare.rate(pace.cell(), list);
            target.drop("bare-");
            CpuShares ofBroker = new CpuShares(broker);
            CpuShares ofBare = new CpuShares(broker);
            Map<String, Series> taken = new Alternation()
                    .with("broker", () -> {
                        double rate = ofBroker.during(
                                () -> driver.closedLoop(pace.cell()).sound().rate(), pace.cell());
                        clear(load, role, target);
                        return rate;
                    })
                    .with("bare", () -> {
                        double rate = ofBare.during(() -> bare.rate(pace.cell(), list), pace.cell());
                        target.drop("bare-");
                        return rate;
                    })
                    .rounds(pace.rounds());
            tell(
                    bench,
                    taken,
                    iterations,
                    CLIENTS + " clients; " + ofBroker.each(),
                    DatabaseLoad.CONNECTIONS + " connections, lists of " + list + "; " + ofBare.each());
        }
    }

    private void tell(Bench bench, Map<String, Series> taken, int iterations, String brokerNote, String bareNote) {
        String suffix = ", scram_iterations=" + iterations;
        Series broker = series(taken, "broker");
        Series bare = series(taken, "bare");
        bench.add(lines.of("bare JDBC" + suffix, bare, Unit.PER_SECOND, Goal.NONE, bareNote));
        bench.add(lines.of("broker" + suffix, broker, Unit.PER_SECOND, Goal.NONE, brokerNote));
        bench.add(lines.of("broker over bare" + suffix, broker.over(bare), Unit.RATIO, Goal.atLeast(0.9), ""));
    }

    /** How many users the broker puts into a message under this load: users made over transactions committed. */
    private static int longestList(PostgresTarget target, Driver driver, Pace pace) throws Exception {
        long before = target.commits();
        Outcome outcome = driver.closedLoop(pace.warmUp()).sound();
        // The server's own counters lag by a second.
        Pause.of(Duration.ofMillis(1_500));
        long commits = Math.max(1, target.commits() - before);
        return (int) Math.max(1, Math.round((double) outcome.answered() / commits));
    }

    private static void clear(DatabaseLoad load, String role, PostgresTarget target) throws Exception {
        load.revokeAll(role);
        boolean gone = Pause.until(() -> count(target) == 0, Duration.ofMillis(50), LONGEST_END);
        if (!gone) {
            throw new IllegalStateException(
                    count(target) + " users are still there after " + LONGEST_END.toSeconds() + " s");
        }
    }

    private static long count(PostgresTarget target) {
        try {
            return target.users(DatabaseLoad.MARK);
        } catch (SQLException e) {
            throw new IllegalStateException("the server doesn't answer", e);
        }
    }
}
