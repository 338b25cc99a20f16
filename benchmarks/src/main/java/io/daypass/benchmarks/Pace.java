package io.daypass.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often things are measured.
 *
 * @param warmUp under load before anything counts: the compiler takes most of a core for the first 10 s
 * @param cell one cell of an alternation
 * @param probe a cell whose own users must stay few
 * @param rounds cells of each kind
 * @param paced a load at a fixed rate
 * @param starts of a broker, of each kind
 * @param manyRows of a table that is called full
 * @param dueAtOnce leases without effect that end at the same time
 * @param usersAtOnce users of a database that do
 * @param liveUsers how many users are there already as more are minted, one step after the other
 */
public record Pace(
        Duration warmUp,
        Duration cell,
        Duration probe,
        int rounds,
        Duration paced,
        int starts,
        int manyRows,
        int dueAtOnce,
        int usersAtOnce,
        List<Integer> liveUsers) {
    /** What the numbers in the manual were taken with. */
    public static final Pace FULL = new Pace(
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            5,
            Duration.ofSeconds(20),
            21,
            1_000_000,
            100_000,
            10_000,
            List.of(0, 2_000, 10_000));

    /** Enough to see that everything works. */
    public static final Pace QUICK = new Pace(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            Duration.ofSeconds(3),
            2,
            20_000,
            5_000,
            500,
            List.of(0, 200));
}
