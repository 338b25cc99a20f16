package io.daypass.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void median_isTheMiddle_orTheMeanOfTwo() {
        assertEquals(3, series(9, 1, 3).median());
        assertEquals(4, series(9, 1, 3, 5).median());
    }

    @Test
    void over_dividesRoundByRound() {
        assertEquals(List.of(0.5, 2.0), series(1, 4).over(series(2, 2)).values());
        assertThrows(IllegalArgumentException.class, () -> series(1).over(series(1, 2)));
    }

    @Test
    void least_comparesRoundByRound() {
        assertEquals(List.of(1.0, 2.0), series(1, 4).least(series(2, 2)).values());
        assertThrows(IllegalArgumentException.class, () -> series(1).least(series(1, 2)));
    }

    @Test
    void rounds_goForthAndBack() throws Exception {
        List<String> order = new ArrayList<>();
        Map<String, Series> taken = new Alternation()
                .with("a", () -> taken(order, "a"))
                .with("b", () -> taken(order, "b"))
                .rounds(2);
        assertEquals(List.of("a", "b", "b", "a"), order);
        assertEquals(List.of(1.0, 4.0), Alternation.series(taken, "a").values());
    }

    @Test
    void millis_isTheTimeThatTheShareStayedWithin() {
        Latencies latencies = new Latencies();
        for (int i = 1_000; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }
        assertEquals(500, latencies.millis(0.5));
        assertEquals(990, latencies.millis(0.99));
        assertEquals(1_000, latencies.millis(1));
    }

    @Test
    void goal_saysHowMuchOfItIsReached() {
        assertEquals(0.5, Goal.atLeast(0.4).attainment(0.2));
        assertEquals(2, Goal.atMost(50).attainment(25));
        assertEquals("≥ 0.40", Goal.atLeast(0.4).text());
        assertEquals("≤ 50", Goal.atMost(50).text());
    }

    private static double taken(List<String> order, String name) {
        order.add(name);
        return order.size();
    }

    private static Series series(double... values) {
        Series series = new Series();
        for (double value : values) {
            series.add(value);
        }
        return series;
    }
}
