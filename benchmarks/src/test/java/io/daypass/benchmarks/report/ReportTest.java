package io.daypass.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Line;
import io.daypass.benchmarks.measure.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Line MET =
            new Line("a", "one over <other>", 0.5, Unit.RATIO, Goal.atLeast(0.4), List.of(0.4, 0.5, 0.6), "of 3");
    private static final Line MISSED = new Line("b", "p99", 80, Unit.MILLIS, Goal.atMost(50), List.of(), "");
    private static final Line TOLD = new Line("b", "rate", 12_345, Unit.PER_SECOND, Goal.NONE, List.of(), "");

    @Test
    void table_hasARowALine_allOfOneWidth() {
        List<String> rows = TextTable.of(List.of(MET, MISSED, TOLD)).lines().toList();
        assertEquals(5, rows.size());
        assertEquals(1, rows.stream().mapToInt(String::length).distinct().count());
        assertTrue(rows.get(2).contains("| 0.40–0.60 × "), rows.get(2));
        assertTrue(rows.get(2).contains("| met "));
        assertTrue(rows.get(3).contains("| MISSED "));
        assertTrue(rows.get(4).contains("| 12,345 /s "));
    }

    @Test
    void table_ofANumberThatCouldNotBeTaken_saysMissed() {
        Line none = new Line("a", "x", Double.NaN, Unit.SECONDS, Goal.atMost(10), List.of(), "");
        assertTrue(TextTable.of(List.of(none)).contains("MISSED"));
        assertFalse(Plot.svg("t", List.of(none)).contains("a: x"));
    }

    @Test
    void plot_drawsLinesWithAGoalAlone_escaped() {
        String svg = Plot.svg("title", List.of(MET, MISSED, TOLD));
        assertTrue(svg.contains("one over &lt;other&gt;"));
        assertTrue(svg.contains("b: p99"));
        assertFalse(svg.contains("rate"));
    }
}
