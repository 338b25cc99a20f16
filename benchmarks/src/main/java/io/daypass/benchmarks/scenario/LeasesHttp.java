package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.BareSqlite;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.load.Outcome;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.Site;
import java.util.Map;

/** How many leases a second, durable and audited, when nothing is minted anywhere. */
final class LeasesHttp implements Scenario {
    private static final int FEW = 64;
    private static final int MANY = 256;

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "leases-http";
    }

    @Override
    public String about() {
        return "durable leases/s without effect through HTTP, against bare SQLite; latencies at half of that";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Site site = Site.create(bench.installation(), bench.directory("leases-http"));
        try (Broker broker = site.start()) {
            NoEffectLoad load = NoEffectLoad.prepare(broker);
            try (BareSqlite bare = new BareSqlite(
                            site.database(), bench.directory("bare").resolve("bare.db"), Holders.COUNT);
                    Driver few = new Driver(broker.address(), FEW, load.requests());
                    Driver many = new Driver(broker.address(), MANY, load.requests())) {
                measure(bench, bare, few, many);
            }
        }
    }

    private void measure(Bench bench, BareSqlite bare, Driver few, Driver many) throws Exception {
        Pace pace = bench.pace();
        bench.say("warming up");
        // The broker hangs up on whoever connects and asks nothing.
        few.exactly(FEW);
        many.closedLoop(pace.warmUp());
        bare.rate(pace.cell());
        Map<String, Series> taken = new Alternation()
                .with("bare", () -> bare.rate(pace.cell()))
                .with("many", () -> many.closedLoop(pace.cell()).sound().rate())
                .with("few", () -> few.closedLoop(pace.cell()).sound().rate())
                .rounds(pace.rounds());
        Series base = series(taken, "bare");
        Series byMany = series(taken, "many");
        Series byFew = series(taken, "few");
        bench.add(lines.of(
                "bare SQLite, pairs in batches of 64", base, Unit.PER_SECOND, Goal.NONE, "eager parent index"));
        bench.add(lines.of("leases at 256 connections", byMany, Unit.PER_SECOND, Goal.NONE, "audit fsynced"));
        bench.add(lines.of("leases at 64 connections", byFew, Unit.PER_SECOND, Goal.NONE, "audit fsynced"));
        bench.add(lines.of(
                "256 connections over bare", byMany.over(base), Unit.RATIO, Goal.atLeast(0.40), "stretch 0.55"));
        bench.add(lines.of("64 connections over bare", byFew.over(base), Unit.RATIO, Goal.atLeast(0.27), ""));
        double half = byMany.median() / 2;
        Outcome paced = many.paced(half, pace.paced()).sound();
        String note = "at " + Unit.PER_SECOND.format(half) + ", 256 connections";
        bench.add(lines.of("p50 at half load", paced.latencies().millis(0.5), Unit.MILLIS, Goal.NONE, note));
        bench.add(lines.of("p99 at half load", paced.latencies().millis(0.99), Unit.MILLIS, Goal.NONE, note));
        bench.add(lines.of("p99.9 at half load", paced.latencies().millis(0.999), Unit.MILLIS, Goal.atMost(50), note));
    }
}
