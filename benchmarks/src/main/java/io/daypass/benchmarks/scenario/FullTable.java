package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.Filler;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.load.Outcome;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Whether a full table makes leases dearer: two brokers, one with a full table and one without, asked in turn. */
final class FullTable implements Scenario {
    private static final int CONNECTIONS = 256;
    private static final Duration LIFE = Duration.ofDays(2);

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "full-table";
    }

    @Override
    public String about() {
        return "leases/s and latencies with a full table, against an empty one";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Pace pace = bench.pace();
        Site empty = Site.create(bench.installation(), bench.directory("empty"));
        NoEffectLoad load;
        try (Broker broker = empty.start()) {
            load = NoEffectLoad.prepare(broker);
        }
        Site full = empty.copyTo(bench.directory("full"));
        bench.say("filling a table with " + pace.manyRows() + " leases");
        Instant ends = Instant.now().plus(LIFE);
        new Filler(full.data(), NoEffectLoad.MOUNT).add(pace.manyRows(), i -> ends.plusMillis(i));
        try (Broker first = empty.start();
                Broker second = full.start();
                Driver ofEmpty = new Driver(first.address(), CONNECTIONS, load.requests());
                Driver ofFull = new Driver(second.address(), CONNECTIONS, load.requests())) {
            measure(bench, ofEmpty, ofFull);
            bench.add(lines.of(
                    "resident memory after load, full table",
                    second.residentMebibytes(),
                    Unit.MEBIBYTES,
                    Goal.NONE,
                    "empty: " + Unit.MEBIBYTES.format(first.residentMebibytes())));
        }
    }

    private void measure(Bench bench, Driver ofEmpty, Driver ofFull) throws Exception {
        Pace pace = bench.pace();
        bench.say("warming up");
        ofEmpty.closedLoop(pace.warmUp().dividedBy(2));
        ofFull.closedLoop(pace.warmUp().dividedBy(2));
        Map<String, Series> taken = new Alternation()
                .with("empty", () -> ofEmpty.closedLoop(pace.probe()).sound().rate())
                .with("full", () -> ofFull.closedLoop(pace.probe()).sound().rate())
                .rounds(pace.rounds());
        Series empty = series(taken, "empty");
        Series full = series(taken, "full");
        String rows = pace.manyRows() + " rows";
        bench.add(lines.of("leases, empty table", empty, Unit.PER_SECOND, Goal.NONE, "256 connections"));
        bench.add(lines.of("leases, " + rows, full, Unit.PER_SECOND, Goal.NONE, "256 connections"));
        bench.add(lines.of("full over empty", full.over(empty), Unit.RATIO, Goal.atLeast(0.85), ""));
        double half = full.median() / 2;
        Outcome paced = ofFull.paced(half, pace.paced()).sound();
        String note = "at " + Unit.PER_SECOND.format(half);
        bench.add(
                lines.of("p99.9 at half load, " + rows, paced.latencies().millis(0.999), Unit.MILLIS, Goal.NONE, note));
    }
}
