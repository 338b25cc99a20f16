package io.daypass.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one cell gave in each round, in the order of the rounds. */
public final class Series {
    private final List<Double> values = new ArrayList<>();

    /** One more round. */
    public void add(double value) {
        values.add(value);
    }

    /** The rounds so far. */
    public List<Double> values() {
        return Collections.unmodifiableList(values);
    }

    /** The middle one; of an even number the mean of the two in the middle. */
    public double median() {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * Round by round, this over the other: what the machine did meanwhile is then in both.
     *
     * @param other with as many rounds
     */
    public Series over(Series other) {
        if (other.values.size() != values.size()) {
            throw new IllegalArgumentException("only series of the same rounds can be divided");
        }
        Series ratios = new Series();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return ratios;
    }

    /**
     * Round by round, the smaller of this and the other.
     *
     * @param other with as many rounds
     */
    public Series least(Series other) {
        if (other.values.size() != values.size()) {
            throw new IllegalArgumentException("only series of the same rounds can be compared");
        }
        Series least = new Series();
        for (int i = 0; i < values.size(); i++) {
            least.add(Math.min(values.get(i), other.values.get(i)));
        }
        return least;
    }
}
