package io.daypass.benchmarks.process;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Where CPU time went while something was measured: in the database servers that this process started, in a broker, and
 * in this process itself. As the kernel tells, in hundredths of a second; summed over all that was measured.
 */
public final class CpuShares {
    private static final Set<String> SERVERS = Set.of("postgres", "mariadbd");

    private final long broker;
    private Taken sum = Taken.NONE;
    private double counted;
    private double wallSeconds;

    /** @param broker whose time is told apart */
    public CpuShares(Broker broker) {
        this.broker = broker.pid();
    }

    /**
     * Measures, and adds what it took.
     *
     * @param rate measures for that time, and answers how many a second there were
     * @param time how long that takes
     * @return the rate
     */
    public double during(Callable<Double> rate, Duration time) throws Exception {
        Taken before = now();
        long began = System.nanoTime();
        double measured = rate.call();
        wallSeconds += (System.nanoTime() - began) / 1e9;
        sum = sum.plus(now().minus(before));
        counted += measured * time.toMillis() / 1000.0;
        return measured;
    }

    /** What each of those that were counted took, in words. */
    public String each() {
        double cores = Runtime.getRuntime().availableProcessors();
        double all = sum.server + sum.broker + sum.harness;
        return String.format(
                Locale.ROOT,
                "CPU each: server %.2f, broker %.2f, harness %.2f ms; %.0f %% of the cores",
                1000 * sum.server / counted,
                1000 * sum.broker / counted,
                1000 * sum.harness / counted,
                100 * all / (cores * wallSeconds));
    }

    private Taken now() {
        return new Taken(
                of(each -> SERVERS.contains(each.info()
                        .command()
                        .map(command -> command.substring(command.lastIndexOf('/') + 1))
                        .orElse(""))),
                of(each -> each.pid() == broker),
                seconds(ProcessHandle.current()));
    }

    private static double of(Predicate<ProcessHandle> which) {
        return ProcessHandle.current()
                .descendants()
                .filter(which)
                .mapToDouble(CpuShares::seconds)
                .sum();
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    private record Taken(double server, double broker, double harness) {
        static final Taken NONE = new Taken(0, 0, 0);

        Taken plus(Taken other) {
            return new Taken(server + other.server, broker + other.broker, harness + other.harness);
        }

        Taken minus(Taken other) {
            return new Taken(server - other.server, broker - other.broker, harness - other.harness);
        }
    }
}
