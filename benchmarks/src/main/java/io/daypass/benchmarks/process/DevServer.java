package io.daypass.benchmarks.process;

import io.daypass.benchmarks.measure.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A development server with a plugin from the folder of a build, as a child of this process. */
public final class DevServer implements AutoCloseable {
    private static final String TOKEN = "root-of-the-benchmarks";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(2);

    private final Process process;
    private final InetSocketAddress address;

    private DevServer(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one, and waits for its first answer.
     *
     * @param directory what it says is kept here
     * @param build where it looks for its plugin
     */
    public static DevServer start(Installation installation, Path directory, Path build) throws IOException {
        InetSocketAddress address = freePort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                installation.home().resolve("bin").resolve("daypass").toString(),
                "server",
                "--dev",
                "--dev-root-token-id=" + TOKEN,
                "--dev-listen-address=127.0.0.1:" + address.getPort(),
                "--plugin=" + build));
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve(Site.LOG).toFile());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-" + process.pid()));
        boolean answers = Pause.until(
                () -> !process.isAlive() || Probe.status(address, "/v1/auth/token/lookup-self", TOKEN) == 200,
                STEP,
                LONGEST_START);
        if (!answers || !process.isAlive()) {
            process.destroyForcibly();
            throw new IOException("the development server did not answer; see " + directory.resolve(Site.LOG));
        }
        return new DevServer(process, address);
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }

    /** Talks to it as root. */
    public Api api() {
        return new Api(address, TOKEN);
    }

    /** Stops it in order, or, where that takes too long, at once. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
