package io.daypass.broker.metric;

import io.daypass.broker.mount.Mounts;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.lease.Reaper;
import io.daypass.lease.StoreClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an operator looks at: whether it is sealed, how the clock goes, which targets are away, how full lanes are. */
public final class Gauges {
    private final MultiGauge breakers;
    private final MultiGauge waiting;
    private final Mounts mounts;
    private final Supplier<@Nullable Reaper> reaper;

    /**
     * @param registry where they are kept
     * @param sealed whether nothing is served
     * @param clock the store's
     * @param mounts whose lanes are looked at
     * @param reaper at work; null while it is sealed
     */
    public Gauges(
            MeterRegistry registry,
            BooleanSupplier sealed,
            StoreClock clock,
            Mounts mounts,
            Supplier<@Nullable Reaper> reaper) {
        this.mounts = mounts;
        this.reaper = reaper;
        Gauge.builder("daypass.sealed", () -> sealed.getAsBoolean() ? 1 : 0)
                .description("1 while nothing is issued or ended")
                .register(registry);
        Gauge.builder("daypass.clock.standing.still.seconds", () -> clock.standingStillFor() / 1000.0)
                .description("How far the machine's clock is behind what leases have seen")
                .register(registry);
        this.breakers = MultiGauge.builder("daypass.target.away")
                .description("1 for each target whose breaker is open")
                .register(registry);
        this.waiting = MultiGauge.builder("daypass.lane.waiting")
                .description("Calls that wait in a lane")
                .register(registry);
    }

    /** Looks anew at targets and lanes. To be called before the meters are read. */
    public void refresh() {
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
    }

    private static MultiGauge.Row<?> row(Mounts.Loads load, Lanes.Load lane) {
        return MultiGauge.Row.of(Tags.of("mount", load.mount().path(), "target", lane.target()), lane.waiting());
    }
}
