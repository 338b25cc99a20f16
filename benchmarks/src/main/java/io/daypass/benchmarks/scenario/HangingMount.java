package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.load.Driver;
import io.daypass.benchmarks.load.Outcome;
import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.SilentHost;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A mount all of whose calls hang, for the 10 s that each of them may take: the broker tries to log in to hosts that say
 * nothing. Whatever else goes through a lane of the mount gets no turn meanwhile.
 */
final class HangingMount implements AutoCloseable {
    /** What a broker that isn't told otherwise does for one mount at once. */
    private static final int CALLS = 256;
    /** Each has a lane of 4 calls; requests are for hosts at random. */
    private static final int HOSTS = 128;

    private static final int REQUESTS = 512;
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration LONGEST_FILL = Duration.ofSeconds(8);

    private final SilentHost host;
    private final Driver driver;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Future<Outcome> hosts;
    private final Future<?> witness;

    private HangingMount(SilentHost host, Driver driver, Api api) {
        this.host = host;
        this.driver = driver;
        this.hosts = threads.submit(() -> driver.exactly(REQUESTS));
        boolean full = Pause.until(() -> host.callers() >= CALLS, STEP, LONGEST_FILL);
        if (!full) {
            throw new IllegalStateException("only " + host.callers() + " calls of the mount are under way");
        }
        this.witness = threads.submit(() ->
                api.write(CertificateLoad.MOUNT + "/roles/late", Map.of("key_type", "otp", "cidr_list", "0.0.0.0/0")));
    }

    /** Fills the lanes of a mount of {@link CertificateLoad}, which is there already. */
    static HangingMount fill(Broker broker) throws IOException {
        SilentHost host = SilentHost.start();
        KeyPair pair = SshKeys.make();
        String privateKey = SshKeys.privateKey(pair).replace("\r", "").replace("\n", "\\n");
        String json = "{\"address\":\"127.0.0.1\",\"port\":" + host.port() + ",\"username\":\"daypass\",\"host_key\":\""
                + SshKeys.line(pair) + "\",\"private_key\":\"" + privateKey + "\"}";
        List<byte[]> requests = IntStream.range(0, HOSTS)
                .mapToObj(i -> Requests.post(
                        "/v1/" + CertificateLoad.MOUNT + "/hosts/h" + i,
                        broker.api().token(),
                        json))
                .toList();
        return new HangingMount(host, new Driver(broker.address(), REQUESTS, Requests.anyOf(requests)), broker.api());
    }

    /** Whether a call that came when the lanes were full still waits for its turn. */
    boolean hangs() {
        return !witness.isDone();
    }

    /** Lets all of them go. */
    @Override
    public void close() throws IOException {
        host.close();
        try {
            hosts.get();
        } catch (ExecutionException e) {
            throw new IOException("the hosts could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            threads.shutdown();
            driver.close();
        }
    }
}
