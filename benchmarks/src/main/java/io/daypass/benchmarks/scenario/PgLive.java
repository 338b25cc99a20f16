package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.PostgresTarget;
import io.daypass.benchmarks.process.Site;
import io.daypass.embedded.PostgresVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether live users make further users dearer, on PostgreSQL 18, where a login pays for each user it has made: one
 * server for each number of users, all minted through one broker in turn. With one iteration, or the hashing would hide
 * it.
 */
final class PgLive implements Scenario {
    private static final int CLIENTS = 64;
    private static final int ITERATIONS = 1;
    private static final String STANDING = "standing";
    private static final String PROBE = "probe";

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "pg-live";
    }

    @Override
    public String about() {
        return "PostgreSQL 18 users/s with more and more users alive";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Pace pace = bench.pace();
        Site site = Site.create(bench.installation(), bench.directory("pg-live"));
        List<PostgresTarget> targets = new ArrayList<>();
        List<Driver> drivers = new ArrayList<>();
        try (Broker broker = site.start()) {
            Alternation cells = new Alternation();
            for (int live : pace.liveUsers()) {
                PostgresTarget target = PostgresTarget.start(PostgresVersion.V18, bench.directory("postgresql-18"));
                targets.add(target);
                DatabaseLoad load = DatabaseLoad.prepare(broker, "database-" + live, target);
                load.role(STANDING, ITERATIONS);
                load.role(PROBE, ITERATIONS);
                bench.say("making " + live + " users");
                try (Driver filler = new Driver(broker.address(), CLIENTS, load.requests(STANDING))) {
                    filler.exactly(live).sound();
                }
                Driver driver = new Driver(broker.address(), CLIENTS, load.requests(PROBE));
                drivers.add(driver);
                driver.closedLoop(pace.cell());
                load.revokeAll(PROBE);
                cells.with(String.valueOf(live), () -> {
                    double rate = driver.closedLoop(pace.probe()).sound().rate();
                    load.revokeAll(PROBE);
                    return rate;
                });
            }
            tell(bench, cells.rounds(pace.rounds()));
        } finally {
            for (Driver driver : drivers) {
                driver.close();
            }
            targets.forEach(PostgresTarget::close);
        }
    }

    private void tell(Bench bench, Map<String, Series> taken) {
        List<Integer> steps = bench.pace().liveUsers();
        Series none = series(taken, String.valueOf(steps.get(0)));
        for (int live : steps) {
            Series some = series(taken, String.valueOf(live));
            bench.add(lines.of("users with " + live + " alive", some, Unit.PER_SECOND, Goal.NONE, "PostgreSQL 18"));
            if (some != none) {
                bench.add(
                        lines.of(live + " alive over none alive", some.over(none), Unit.RATIO, Goal.atLeast(0.75), ""));
            }
        }
    }
}
