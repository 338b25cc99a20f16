package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.Filler;
import io.daypass.benchmarks.bare.StoreReader;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.PostgresTarget;
import io.daypass.benchmarks.process.Site;
import io.daypass.embedded.PostgresVersion;
import io.daypass.lease.Terms;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** How long it takes until everything is gone that ends at the same time. */
final class AtOnce implements Scenario {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    /** Enough to stop filling, start a broker, and let its compiler come to rest. */
    private static final Duration AHEAD = Duration.ofSeconds(15);

    private static final int CLIENTS = 64;
    private static final int PORTION = 250;

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "at-once";
    }

    @Override
    public String about() {
        return "many leases that end at the same time: how long until all are gone";
    }

    @Override
    public void run(Bench bench) throws Exception {
        withoutEffect(bench);
        users(bench);
    }

    private void withoutEffect(Bench bench) throws Exception {
        Pace pace = bench.pace();
        Site site = Site.create(bench.installation(), bench.directory("at-once"));
        try (Broker broker = site.start()) {
            NoEffectLoad.prepare(broker);
        }
        long first = StoreReader.highest(site.database()) + 1;
        bench.say("writing " + pace.dueAtOnce() + " leases");
        Instant ends = Instant.now().plus(AHEAD).plusMillis(pace.dueAtOnce() / 10);
        new Filler(site.data(), NoEffectLoad.MOUNT).add(pace.dueAtOnce(), i -> ends);
        Instant due = ends.plus(Terms.DEFAULT.slack());
        try (Broker broker = site.start()) {
            if (Instant.now().isAfter(ends)) {
                throw new IllegalStateException("the table took too long to fill; the leases are due already");
            }
            double seconds = untilGone(site.database(), first, due);
            bench.add(lines.of(
                    pace.dueAtOnce() + " leases without effect, due to gone",
                    seconds,
                    Unit.SECONDS,
                    Goal.atMost(10),
                    ""));
            bench.say("CPU time of the broker so far " + Unit.SECONDS.format(broker.cpuSeconds()));
        }
    }

    private void users(Bench bench) throws Exception {
        Pace pace = bench.pace();
        Site site = Site.create(bench.installation(), bench.directory("at-once-users"));
        try (PostgresTarget target = PostgresTarget.start(PostgresVersion.V18, bench.directory("postgresql-18"));
                Broker broker = site.start()) {
            DatabaseLoad load = DatabaseLoad.prepare(broker, "database", target);
            load.role("fast", 1);
            long first = StoreReader.highest(site.database()) + 1;
            bench.say("making " + pace.usersAtOnce() + " users");
            make(broker, load, pace.usersAtOnce());
            Instant due = StoreReader.firstDue(site.database(), first);
            Instant last = StoreReader.lastDue(site.database(), first);
            if (due.isBefore(Instant.now())) {
                throw new IllegalStateException("making the users took too long; some are due already");
            }
            double seconds = untilGone(site.database(), first, due);
            long left = target.users(DatabaseLoad.MARK);
            String note = "PostgreSQL 18; the last was due "
                    + Duration.between(due, last).toMillis() + " ms after the first"
                    + (left == 0 ? "" : "; " + left + " USERS LEFT");
            bench.add(lines.of(
                    pace.usersAtOnce() + " PostgreSQL users, due to gone",
                    seconds,
                    Unit.SECONDS,
                    Goal.atMost(10),
                    note));
        }
    }

    /** Makes them in portions, each asking for the life that ends at the same second. */
    private static void make(Broker broker, DatabaseLoad load, int users) throws Exception {
        Instant ends = Instant.now().plus(AHEAD).plusMillis(users * 2L);
        for (int made = 0; made < users; made += PORTION) {
            long seconds = Math.max(1, Duration.between(Instant.now(), ends).toSeconds());
            try (Driver driver = new Driver(broker.address(), CLIENTS, load.requests("fast", seconds))) {
                driver.exactly(Math.min(PORTION, users - made)).sound();
            }
        }
    }

    private static double untilGone(Path database, long first, Instant due) {
        Pause.of(Duration.between(Instant.now(), due));
        boolean gone = Pause.until(() -> count(database, first) == 0, STEP, LONGEST);
        double seconds = Duration.between(due, Instant.now()).toMillis() / 1e3;
        return gone ? seconds : Double.NaN;
    }

    private static long count(Path database, long first) {
        try {
            return StoreReader.leasesFrom(database, first);
        } catch (SQLException e) {
            throw new IllegalStateException("the store can't be read", e);
        }
    }
}
