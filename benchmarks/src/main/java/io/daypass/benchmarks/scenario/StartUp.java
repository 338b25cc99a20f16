package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.Filler;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How long a start takes and what memory an idle broker holds, with an empty table and with a full one. The same empty
 * one twice says how much of a difference is none.
 */
final class StartUp implements Scenario {
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration LIFE = Duration.ofDays(2);

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public String about() {
        return "exec to the first answered request, and resident memory, with an empty and with a full table";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Pace pace = bench.pace();
        Site empty = Site.create(bench.installation(), bench.directory("empty"));
        try (Broker broker = empty.start()) {
            NoEffectLoad.prepare(broker);
        }
        Site again = empty.copyTo(bench.directory("empty-again"));
        Site full = empty.copyTo(bench.directory("full"));
        bench.say("filling a table with " + pace.manyRows() + " leases");
        Instant ends = Instant.now().plus(LIFE);
        new Filler(full.data(), NoEffectLoad.MOUNT).add(pace.manyRows(), i -> ends.plusMillis(i));
        Memory memory = new Memory();
        bench.say("starting " + pace.starts() + " times each");
        Map<String, Series> taken = new Alternation()
                .with("empty", () -> start(empty, memory.empty))
                .with("again", () -> start(again, memory.again))
                .with("full", () -> start(full, memory.full))
                .rounds(pace.starts());
        tell(bench, taken, memory);
    }

    private static double start(Site site, Series memory) throws Exception {
        try (Broker broker = site.start()) {
            Pause.of(SETTLING);
            memory.add(broker.residentMebibytes());
            return broker.startMillis() / 1_000;
        }
    }

    private void tell(Bench bench, Map<String, Series> taken, Memory memory) {
        String rows = bench.pace().manyRows() + " leases";
        String note = "median of " + bench.pace().starts() + " starts in turn";
        Series empty = series(taken, "empty");
        Series again = series(taken, "again");
        Series full = series(taken, "full");
        bench.add(lines.of("first answer after exec, empty", empty, Unit.SECONDS, Goal.atMost(1), note));
        bench.add(lines.of("first answer after exec, " + rows, full, Unit.SECONDS, Goal.NONE, note));
        bench.add(
                lines.of("start: empty over empty", again.median() / empty.median(), Unit.RATIO, Goal.NONE, "control"));
        bench.add(
                lines.of("start: full over empty", full.median() / empty.median(), Unit.RATIO, Goal.atMost(1.10), ""));
        bench.add(lines.of(
                "resident memory, idle, empty",
                memory.empty,
                Unit.MEBIBYTES,
                Goal.atMost(150),
                "1 s after the answer"));
        bench.add(lines.of(
                "resident memory, idle, " + rows, memory.full, Unit.MEBIBYTES, Goal.NONE, "1 s after the answer"));
        bench.add(lines.of(
                "memory: empty over empty",
                memory.again.median() / memory.empty.median(),
                Unit.RATIO,
                Goal.NONE,
                "control"));
        bench.add(lines.of(
                "memory: full over empty",
                memory.full.median() / memory.empty.median(),
                Unit.RATIO,
                Goal.atMost(1.10),
                ""));
    }

    private static final class Memory {
        final Series empty = new Series();
        final Series again = new Series();
        final Series full = new Series();
    }
}
