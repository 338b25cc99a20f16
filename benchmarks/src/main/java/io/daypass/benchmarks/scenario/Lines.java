package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Line;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import java.util.List;

/** The lines of one scenario. */
final class Lines {
    private final String scenario;

    Lines(String scenario) {
        this.scenario = scenario;
    }

    /** The median of some rounds. */
    Line of(String what, Series series, Unit unit, Goal goal, String note) {
        return new Line(scenario, what, series.median(), unit, goal, series.values(), note);
    }

    /** A number that was taken once. */
    Line of(String what, double value, Unit unit, Goal goal, String note) {
        return new Line(scenario, what, value, unit, goal, List.of(), note);
    }
}
