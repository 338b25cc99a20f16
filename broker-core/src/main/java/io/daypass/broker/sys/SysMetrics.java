package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.metric.Gauges;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Stream;

/** {@code sys/metrics}: for Prometheus, or as JSON. */
public final class SysMetrics {
    /** The content type of what Prometheus reads. */
    public static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final Gauges gauges;

    /**
     * @param registry what is measured
     * @param gauges to be looked at anew each time
     */
    public SysMetrics(PrometheusMeterRegistry registry, Gauges gauges) {
        this.registry = registry;
        this.gauges = gauges;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(Route.of(Verb.READ, "sys/metrics", this::read));
    }

    private Future<Reply> read(Call call) {
        boolean prometheus = "prometheus".equals(call.request().query().get("format"))
                || call.request().headers().getOrDefault("accept", "").contains("text/plain");
        return gauges.refresh().map(known -> prometheus ? text() : json());
    }

    private Reply text() {
        return Reply.raw(PROMETHEUS, Buffer.buffer(registry.scrape()));
    }

    private Reply json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode meters = body.putArray("meters");
        for (Meter meter : registry.getMeters()) {
            for (Measurement measurement : meter.measure()) {
                if (!Double.isFinite(measurement.getValue())) {
                    continue;
                }
                ObjectNode one = meters.addObject();
                one.put("name", meter.getId().getName());
                one.put("statistic", measurement.getStatistic().getTagValueRepresentation());
                ObjectNode tags = one.putObject("tags");
                for (Tag tag : meter.getId().getTags()) {
                    tags.put(tag.getKey(), tag.getValue());
                }
                one.put("value", measurement.getValue());
            }
        }
        return Reply.bare(200, body);
    }
}
