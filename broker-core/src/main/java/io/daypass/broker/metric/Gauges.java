package io.daypass.broker.metric;

import io.daypass.broker.api.Stages;
import io.daypass.broker.mount.Mounts;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.lease.Reaper;
import io.daypass.lease.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operator looks at: whether it is sealed, how the clock goes, which targets are away, how full lanes are. */
public final class Gauges {
    private final AtomicLong overdueMillis = new AtomicLong();
    private final MultiGauge breakers;
    private final MultiGauge waiting;
    private final Mounts mounts;
    private final Supplier<@Nullable Reaper> reaper;
    private final Store store;
    private final MeterRegistry registry;
    private final Map<String, MultiGauge> targets = new ConcurrentHashMap<>();

    /**
     * @param registry where they are kept
     * @param sealed whether nothing is served
     * @param store whose clock is looked at, and what is due in it
     * @param mounts whose lanes are looked at
     * @param reaper at work; null while it is sealed
     */
    public Gauges(
            MeterRegistry registry,
            BooleanSupplier sealed,
            Store store,
            Mounts mounts,
            Supplier<@Nullable Reaper> reaper) {
        this.registry = registry;
        this.mounts = mounts;
        this.store = store;
        this.reaper = reaper;
        Gauge.builder("daypass.sealed", () -> sealed.getAsBoolean() ? 1 : 0)
                .description("1 while nothing is issued or ended")
                .register(registry);
        Gauge.builder(
                        "daypass.clock.standing.still.seconds",
                        () -> store.clock().standingStillFor() / 1000.0)
                .description("How far the machine's clock is behind what leases have seen")
                .register(registry);
        Gauge.builder("daypass.lease.overdue.seconds", () -> overdueMillis.get() / 1000.0)
                .description("For how long the lease that is due the longest has been due")
                .register(registry);
        this.breakers = MultiGauge.builder("daypass.target.away")
                .description("1 for each target whose breaker is open")
                .register(registry);
        this.waiting = MultiGauge.builder("daypass.lane.waiting")
                .description("Calls that wait in a lane")
                .register(registry);
    }

    /**
     * Looks anew at targets, lanes and what is due. To be called before the meters are read.
     *
     * @return done when that is known
     */
    public Future<Void> refresh() {
        Reaper working = reaper.get();
        List<MultiGauge.Row<?>> away = working == null
                ? List.of()
                : working.breakers().keySet().stream()
                        .<MultiGauge.Row<?>>map(
                                lane -> MultiGauge.Row.of(Tags.of("mount", lane.mount(), "target", lane.target()), 1))
                        .toList();
        breakers.register(away, true);
        List<MultiGauge.Row<?>> full = mounts.loads().stream()
                .<MultiGauge.Row<?>>flatMap(load -> load.lanes().stream().map(lane -> row(load, lane)))
                .toList();
        waiting.register(full, true);
        measured();
        return Stages.here(store.leases().due()).map(due -> {
            Instant now = store.clock().instant();
            overdueMillis.set(due.values().stream()
                    .mapToLong(at -> Math.max(0, Duration.between(at, now).toMillis()))
                    .max()
                    .orElse(0));
            return null;
        });
    }

    /** A gauge of which nothing is measured any more is emptied, never left at its last value. */
    private void measured() {
        Map<String, List<Mounts.Measured>> fresh =
                mounts.measured().stream().collect(Collectors.groupingBy(Mounts.Measured::name));
        fresh.forEach((name, values) -> targets.computeIfAbsent(
                name,
                named -> MultiGauge.builder("daypass.target." + named)
                        .description(values.get(0).about())
                        .register(registry)));
        targets.forEach((name, gauge) -> gauge.register(
                fresh.getOrDefault(name, List.of()).stream()
                        .<MultiGauge.Row<?>>map(each -> MultiGauge.Row.of(
                                Tags.of("mount", each.mount().id(), "target", each.target()), each.value()))
                        .toList(),
                true));
    }

    private static MultiGauge.Row<?> row(Mounts.Loads load, Lanes.Load lane) {
        return MultiGauge.Row.of(Tags.of("mount", load.mount().id(), "target", lane.target()), lane.waiting());
    }
}
