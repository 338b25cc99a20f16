package io.daypass.benchmarks.measure;

import java.util.List;
import java.util.Objects;

/**
 * One number of the table.
 *
 * @param scenario the name it is chosen by
 * @param what is counted, in words
 * @param value the number; of several samples the median
 * @param unit of the number
 * @param goal what it should be
 * @param samples what the number is the median of; empty if it was taken once
 * @param note a remark for the reader; empty if none
 */
public record Line(
        String scenario, String what, double value, Unit unit, Goal goal, List<Double> samples, String note) {
    public Line {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(note, "note");
        samples = List.copyOf(samples);
    }

    /** Whether there is a goal to meet. */
    public boolean hasGoal() {
        return goal.kind() != Goal.Kind.NONE;
    }

    /** Whether it is met; a number that could not be taken meets none. */
    public boolean isMet() {
        return Double.isFinite(value) && goal.isMet(value);
    }

    /** From the smallest to the largest sample, as people read it; empty for less than two. */
    public String spread() {
        if (samples.size() < 2) {
            return "";
        }
        double least = samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return unit.format(least).replace(" " + unit.symbol(), "") + "–" + unit.format(most);
    }
}
