package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.StoreReader;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Latencies;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.PostgresTarget;
import io.daypass.benchmarks.process.Site;
import io.daypass.embedded.PostgresVersion;
import java.time.Duration;

/** How late leases end while as many come as go. */
final class Lateness implements Scenario {
    private static final double RATE = 500;
    private static final int CONNECTIONS = 64;
    private static final int LIFE_SECONDS = 5;
    /** The life of the last, its slack, and a while. */
    private static final Duration REST = Duration.ofSeconds(LIFE_SECONDS + 2 + 5);

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "lateness";
    }

    @Override
    public String about() {
        return "how late leases end, counted from when they are due, with 500 a second coming and going";
    }

    @Override
    public void run(Bench bench) throws Exception {
        withoutEffect(bench);
        users(bench);
    }

    private void withoutEffect(Bench bench) throws Exception {
        Site site = Site.create(bench.installation(), bench.directory("lateness"));
        long first;
        long made;
        try (Broker broker = site.start()) {
            NoEffectLoad load = NoEffectLoad.prepare(broker);
            first = StoreReader.highest(site.database()) + 1;
            made = comeAndGo(bench, broker, load.requests(LIFE_SECONDS + "s"));
        }
        tell(bench, site, first, made, "without effect");
    }

    private void users(Bench bench) throws Exception {
        Site site = Site.create(bench.installation(), bench.directory("lateness-users"));
        long first;
        long made;
        try (PostgresTarget target = PostgresTarget.start(PostgresVersion.V18, bench.directory("postgresql-18"));
                Broker broker = site.start()) {
            DatabaseLoad load = DatabaseLoad.prepare(broker, "database", target);
            load.role("fast", 1);
            first = StoreReader.highest(site.database()) + 1;
            made = comeAndGo(bench, broker, load.requests("fast", LIFE_SECONDS));
        }
        tell(bench, site, first, made, "PostgreSQL 18 users");
    }

    private static long comeAndGo(Bench bench, Broker broker, Requests requests) throws Exception {
        try (Driver driver = new Driver(broker.address(), CONNECTIONS, requests)) {
            driver.paced(RATE, bench.pace().warmUp());
            long made = driver.paced(RATE, bench.pace().paced()).sound().answered();
            Pause.of(REST);
            return made;
        }
    }

    private void tell(Bench bench, Site site, long first, long made, String kind) {
        Latencies late = StoreReader.lateness(site.data(), first);
        String note = late.count() + " ended, " + made + " of them made after the warm-up";
        bench.add(lines.of("median, " + kind, late.millis(0.5), Unit.MILLIS, Goal.NONE, note));
        bench.add(lines.of("p99, " + kind, late.millis(0.99), Unit.MILLIS, Goal.atMost(1_000), note));
    }
}
