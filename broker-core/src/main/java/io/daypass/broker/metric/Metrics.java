package io.daypass.broker.metric;

import io.daypass.lease.Terms;
import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters. They hear of leases by what was committed, so the lease code knows none of them. */
public final class Metrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final Terms terms;
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final Map<Key, Counter> events = new ConcurrentHashMap<>();
    private final Map<Key, Timer> requests = new ConcurrentHashMap<>();
    private final Timer lateness;

    /**
     * @param registry where they are kept
     * @param terms of a lease's life: lateness is counted from expiry and slack
     */
    public Metrics(MeterRegistry registry, Terms terms) {
        this.registry = registry;
        this.terms = terms;
        this.lateness = Timer.builder("daypass.lease.lateness")
                .description("How long after its expiry and slack a lease was gone")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** Counts what happened to leases. To be called for every commit. */
    public void committed(Committed committed) {
        for (Event event : committed.events()) {
            events.computeIfAbsent(new Key(event.type().text(), event.source().mount()), this::eventCounter)
                    .increment();
            if (event.type() == Event.Type.ENDED) {
                Duration late = Duration.between(event.expiresAt().plus(terms.slack()), event.at());
                if (!late.isNegative()) {
                    lateness.record(late);
                }
            }
        }
    }

    /**
     * Measures a request.
     *
     * @param mount the first segment of its path, or {@code none} where nothing is mounted
     * @param status of the answer
     * @param nanos it took
     */
    public void request(String mount, int status, long nanos) {
        requests.computeIfAbsent(new Key(mount, status / 100 + "xx"), this::requestTimer)
                .record(Duration.ofNanos(nanos));
    }

    /** Everything, for whoever reads it. */
    public MeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }

    private Counter eventCounter(Key key) {
        return Counter.builder("daypass.lease.events")
                .description("What happened to leases")
                .tag("type", key.first())
                .tag("mount", key.second())
                .register(registry);
    }

    private Timer requestTimer(Key key) {
        return Timer.builder("daypass.http.requests")
                .description("Requests, by mount and sort of status")
                .tag("mount", key.first())
                .tag("status", key.second())
                .register(registry);
    }

    private record Key(String first, String second) {}
}
