package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.Filler;
import io.daypass.benchmarks.bare.Revoker;
import io.daypass.benchmarks.bare.StoreReader;
import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How long the list of revoked SSH certificates takes to make when there are many, and whether that waits for anything
 * else that the mount does.
 */
final class RevocationList implements Scenario {
    private static final String LIST = CertificateLoad.MOUNT + "/krl";
    private static final Duration LIFE = Duration.ofDays(2);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration LONGEST_END = Duration.ofMinutes(2);
    private static final Goal WITHIN = Goal.atMost(100);
    /** For each revoked one so many live. */
    private static final int LIVE = 100;

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "krl";
    }

    @Override
    public String about() {
        return "the list of revoked SSH certificates, made anew, with a full table; the same while all calls hang";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int live = bench.pace().manyRows();
        int revoked = live / LIVE;
        Site site = Site.create(bench.installation(), bench.directory("krl"));
        try (Broker broker = site.start()) {
            CertificateLoad.prepare(broker, Holders.make(broker.api(), CertificateLoad.RULE));
        }
        long first = StoreReader.highest(site.database()) + 1;
        bench.say("filling a table with " + (live + revoked) + " certificates");
        Instant ends = Instant.now().plus(LIFE);
        new Filler(site.data(), CertificateLoad.MOUNT).add(live + revoked, i -> ends.plusMillis(i));
        bench.say("revoking " + revoked + " of them");
        Revoker.revoke(site.data(), first, StoreReader.highest(site.database()), revoked);
        try (Broker broker = site.start()) {
            boolean gone = Pause.until(() -> count(site, first) <= live, STEP, LONGEST_END);
            if (!gone) {
                throw new IllegalStateException("what was revoked is still there");
            }
            try (Driver driver =
                    new Driver(broker.address(), 1, Requests.anyOf(List.of(Requests.get("/v1/" + LIST, ""))))) {
                measure(bench, broker, driver);
            }
            long listed = StoreReader.listed(site.database(), Instant.now());
            bench.add(lines.of(
                    "revoked certificates on the list", (double) listed, Unit.COUNT, Goal.NONE, live + " live"));
        }
    }

    private void measure(Bench bench, Broker broker, Driver driver) throws Exception {
        Pace pace = bench.pace();
        double cold = driver.exactly(1).sound().latencies().millis(1);
        bench.add(lines.of("the first list after a start", cold, Unit.MILLIS, Goal.NONE, ""));
        made(pace, broker, driver);
        Series free = made(pace, broker, driver);
        bench.add(lines.of("the list after one more revocation", free, Unit.MILLIS, WITHIN, "first GET"));
        try (HangingMount hanging = HangingMount.fill(broker)) {
            Series full = made(pace, broker, driver);
            if (!hanging.hangs()) {
                throw new IllegalStateException("the mount's calls didn't hang for as long as was measured");
            }
            bench.add(lines.of(
                    "the same while every call of the mount hangs", full, Unit.MILLIS, WITHIN, "256 calls under way"));
        }
        double bytes = Double.parseDouble(broker.api().header(LIST, "Content-Length"));
        bench.add(lines.of("length of the list", bytes, Unit.BYTES, Goal.NONE, ""));
    }

    /** Lists, each the first that is asked for after a revocation. */
    private static Series made(Pace pace, Broker broker, Driver driver) throws IOException {
        Api api = broker.api();
        String key = SshKeys.line(SshKeys.make());
        Series series = new Series();
        String tag = api.header(LIST, "ETag");
        for (int i = 0; i < pace.starts(); i++) {
            String lease = api.write(CertificateLoad.path(0), Map.of("public_key", key))
                    .path("lease_id")
                    .asText();
            api.write("sys/leases/revoke", Map.of("lease_id", lease));
            series.add(driver.exactly(1).sound().latencies().millis(1));
            String next = api.header(LIST, "ETag");
            if (next.equals(tag)) {
                throw new IllegalStateException("the list was the same after a revocation");
            }
            tag = next;
        }
        return series;
    }

    private static long count(Site site, long first) {
        try {
            return StoreReader.leasesFrom(site.database(), first);
        } catch (SQLException e) {
            throw new IllegalStateException("the store can't be read", e);
        }
    }
}
