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
import io.daypass.benchmarks.process.Site;
import java.util.List;
import java.util.Map;

/** How many session keys a second, each lease with one of its own, which lives on in its sealed handle. */
final class HmacKeys implements Scenario {
    private static final int CONNECTIONS = 256;

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "hmac";
    }

    @Override
    public String about() {
        return "HMAC leases/s through HTTP, against SSH certificates of the same broker, in turn";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Site site = Site.create(bench.installation(), bench.directory("hmac"));
        try (Broker broker = site.start()) {
            List<String> tokens = Holders.make(broker.api(), CertificateLoad.RULE, HmacLoad.RULE);
            CertificateLoad certificates = CertificateLoad.prepare(broker, tokens);
            HmacLoad keys = HmacLoad.prepare(broker, tokens);
            try (Driver ofCertificates = new Driver(broker.address(), CONNECTIONS, certificates.requests());
                    Driver ofKeys = new Driver(broker.address(), CONNECTIONS, keys.requests())) {
                measure(bench, ofCertificates, ofKeys);
            }
        }
    }

    private void measure(Bench bench, Driver ofCertificates, Driver ofKeys) throws Exception {
        Pace pace = bench.pace();
        bench.say("warming up");
        // The broker hangs up on whoever connects and asks nothing.
        ofKeys.exactly(CONNECTIONS);
        ofCertificates.closedLoop(pace.warmUp().dividedBy(2));
        ofKeys.closedLoop(pace.warmUp().dividedBy(2));
        Map<String, Series> taken = new Alternation()
                .with(
                        "certificates",
                        () -> ofCertificates.closedLoop(pace.cell()).sound().rate())
                .with("keys", () -> ofKeys.closedLoop(pace.cell()).sound().rate())
                .rounds(pace.rounds());
        Series certificates = series(taken, "certificates");
        Series keys = series(taken, "keys");
        bench.add(lines.of("SSH certificates", certificates, Unit.PER_SECOND, Goal.NONE, "256 connections"));
        bench.add(lines.of("HMAC leases, a key each", keys, Unit.PER_SECOND, Goal.NONE, "256 connections"));
        bench.add(lines.of(
                "HMAC leases over SSH certificates", keys.over(certificates), Unit.RATIO, Goal.atLeast(0.80), ""));
    }
}
