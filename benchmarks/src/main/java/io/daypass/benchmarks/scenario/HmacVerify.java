package io.daypass.benchmarks.scenario;

import static io.daypass.benchmarks.measure.Alternation.series;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Pace;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.bare.OneCore;
import io.daypass.benchmarks.measure.Alternation;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.Site;
import io.daypass.hmac.client.KeySet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** How many session tokens a second an app can check by itself, and what garbage that makes. */
final class HmacVerify implements Scenario {
    private static final String ROLE = "web";
    /** A user's name, a session's number and some more. */
    private static final int PAYLOAD_BYTES = 64;

    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int ALLOCATIONS = 200_000;

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "hmac-verify";
    }

    @Override
    public String about() {
        return "session tokens checked offline on one core, against a bare Mac over the same bytes; what that allocates";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Site site = Site.create(bench.installation(), bench.directory("hmac-verify"));
        try (Broker broker = site.start()) {
            Api api = broker.api();
            api.write("sys/mounts/hmac", Map.of("type", "hmac"));
            api.write("hmac/roles/" + ROLE, Map.of("algorithm", "sha256", "session_ttl", "8h"));
            URI mount = URI.create("http://127.0.0.1:" + broker.address().getPort() + "/v1/hmac");
            try (KeySet keys = KeySet.of(mount, ROLE, api::token)
                    .signing()
                    .settling(Duration.ZERO)
                    .open()) {
                if (!keys.await(LONGEST_WAIT)) {
                    throw new IllegalStateException(
                            "no key to sign with: " + keys.problem().orElse("none came"));
                }
                measure(bench, keys);
            }
        }
    }

    private void measure(Bench bench, KeySet keys) throws Exception {
        Pace pace = bench.pace();
        byte[] token = keys.sign(new byte[PAYLOAD_BYTES], LIFE).getBytes(StandardCharsets.US_ASCII);
        byte[] signed = Arrays.copyOf(token, new String(token, StandardCharsets.US_ASCII).lastIndexOf('.'));
        OneCore verifying = new OneCore(() -> keys.verify(token));
        OneCore bare = new OneCore(bareMac(signed));
        OneCore result = new OneCore(() -> new byte[PAYLOAD_BYTES]);
        bench.say("warming up");
        verifying.rate(pace.cell());
        bare.rate(pace.cell());
        Map<String, Series> taken = new Alternation()
                .with("bare", () -> bare.rate(pace.cell()))
                .with("verify", () -> verifying.rate(pace.cell()))
                .rounds(pace.rounds());
        Series ofBare = series(taken, "bare");
        Series ofVerifying = series(taken, "verify");
        String note = "HMAC-SHA256, " + signed.length + " bytes";
        bench.add(lines.of("bare javax.crypto.Mac, one core", ofBare, Unit.PER_SECOND, Goal.NONE, note));
        bench.add(lines.of("tokens verified, one core", ofVerifying, Unit.PER_SECOND, Goal.NONE, note));
        bench.add(lines.of(
                "verification over bare Mac", ofVerifying.over(ofBare), Unit.RATIO, Goal.atLeast(0.70), "one core"));
        bench.add(lines.of(
                "allocated a verification",
                verifying.allocated(ALLOCATIONS),
                Unit.BYTES,
                Goal.atMost(result.allocated(ALLOCATIONS)),
                "the goal is the payload alone"));
    }

    /** A Mac that is ready, into a buffer that is there. */
    private static OneCore.Task bareMac(byte[] message) throws GeneralSecurityException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] code = new byte[mac.getMacLength()];
        return () -> {
            mac.update(message, 0, message.length);
            try {
                mac.doFinal(code, 0);
            } catch (ShortBufferException e) {
                throw new IllegalStateException("the buffer is as long as the code", e);
            }
            return code;
        };
    }
}
