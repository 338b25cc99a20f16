package io.daypass.benchmarks.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker that runs, as a child of this process. */
public final class Broker implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final Process process;
    private final Site site;
    private final double startMillis;

    Broker(Process process, Site site, double startMillis) {
        this.process = process;
        this.site = site;
        this.startMillis = startMillis;
    }

    /** From just before the exec to the first request that it answered with 200. */
    public double startMillis() {
        return startMillis;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return site.address();
    }

    /** Talks to it as root. */
    public Api api() {
        return site.api();
    }

    /** The memory that it holds now, all of the process, in MiB. */
    public double residentMebibytes() throws IOException {
        return status("VmRSS:") / 1024.0;
    }

    /** The CPU time that it has used so far, in seconds. */
    public double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Has it do nothing until {@link #resume}. */
    public void pause() throws IOException {
        signal("STOP");
    }

    /** Has it go on. */
    public void resume() throws IOException {
        signal("CONT");
    }

    /** Stops it in order, or, where that takes too long, at once. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String signal) throws IOException {
        Process sent = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .inheritIO()
                .start();
        sent.onExit().join();
        if (sent.exitValue() != 0) {
            throw new IOException("the broker can't be sent " + signal);
        }
    }

    private long status(String key) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"));
        for (String line : lines) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("the kernel tells no " + key + " of process " + process.pid());
    }
}
