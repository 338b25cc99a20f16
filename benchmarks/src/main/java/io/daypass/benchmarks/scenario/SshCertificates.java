package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.BareEd25519;
import io.daypass.benchmarks.bare.BareSqlite;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.Site;
import java.util.Map;

/** How many SSH certificates a second, each a durable and audited lease, where the CA's key is of Ed25519. */
final class SshCertificates implements Scenario {
    private static final int CONNECTIONS = 256;
    private static final Goal SHARE = Goal.atLeast(0.30);

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public String about() {
        return "SSH certificates/s through HTTP, leased and durable, against bare Ed25519 signing and bare SQLite";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Site site = Site.create(bench.installation(), bench.directory("ssh"));
        try (Broker broker = site.start()) {
            CertificateLoad load = CertificateLoad.prepare(broker, Holders.make(broker.api(), CertificateLoad.RULE));
            try (BareSqlite store = new BareSqlite(
                            site.database(), bench.directory("bare").resolve("bare.db"), Holders.COUNT);
                    BareEd25519 jdk = BareEd25519.ofJdk();
                    BareEd25519 bouncyCastle = BareEd25519.ofBouncyCastle();
                    Driver driver = new Driver(broker.address(), CONNECTIONS, load.requests())) {
                measure(bench, store, jdk, bouncyCastle, driver);
            }
        }
    }

    private void measure(Bench bench, BareSqlite store, BareEd25519 jdk, BareEd25519 bouncyCastle, Driver driver)
            throws Exception {
        Pace pace = bench.pace();
        bench.say("warming up");
        driver.closedLoop(pace.warmUp());
        store.rate(pace.cell());
        jdk.rate(pace.probe());
        bouncyCastle.rate(pace.probe());
        Map<String, Series> taken = new Alternation()
                .with("store", () -> store.rate(pace.cell()))
                .with("jdk", () -> jdk.rate(pace.probe()))
                .with("broker", () -> driver.closedLoop(pace.cell()).sound().rate())
                .with("bouncy castle", () -> bouncyCastle.rate(pace.probe()))
                .rounds(pace.rounds());
        Series base = series(taken, "store");
        Series byJdk = series(taken, "jdk");
        Series byBouncyCastle = series(taken, "bouncy castle");
        Series broker = series(taken, "broker");
        bench.add(lines.of("bare SQLite, pairs in batches of 64", base, Unit.PER_SECOND, Goal.NONE, ""));
        bench.add(lines.of("bare Ed25519, the JDK's", byJdk, Unit.PER_SECOND, Goal.NONE, "all cores"));
        bench.add(lines.of("bare Ed25519, Bouncy Castle's", byBouncyCastle, Unit.PER_SECOND, Goal.NONE, "all cores"));
        bench.add(lines.of("certificates at 256 connections", broker, Unit.PER_SECOND, Goal.NONE, "audit fsynced"));
        bench.add(lines.of(
                "certificates over the lower of SQLite and the JDK's signing",
                broker.over(base.least(byJdk)),
                Unit.RATIO,
                SHARE,
                ""));
        bench.add(lines.of(
                "certificates over the lower of SQLite and Bouncy Castle's signing",
                broker.over(base.least(byBouncyCastle)),
                Unit.RATIO,
                SHARE,
                "the broker signs by Bouncy Castle"));
    }
}
