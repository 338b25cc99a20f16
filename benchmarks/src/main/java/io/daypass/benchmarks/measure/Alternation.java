package io.daypass.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cells that are held against each other, taken in turn: forth in one round, back in the next, so that a machine that
 * changes its speed changes it for all of them.
 */
public final class Alternation {
    private final Map<String, Cell> cells = new LinkedHashMap<>();

    /** Adds a cell. Answers itself. */
    public Alternation with(String name, Cell cell) {
        cells.put(name, cell);
        return this;
    }

    /**
     * Takes all cells this often.
     *
     * @return what each of them gave, by its name
     */
    public Map<String, Series> rounds(int rounds) throws Exception {
        Map<String, Series> taken = new LinkedHashMap<>();
        cells.keySet().forEach(name -> taken.put(name, new Series()));
        List<String> order = new ArrayList<>(cells.keySet());
        for (int round = 0; round < rounds; round++) {
            for (String name : order) {
                double value = cell(name).take();
                series(taken, name).add(value);
            }
            Collections.reverse(order);
        }
        return taken;
    }

    private Cell cell(String name) {
        Cell cell = cells.get(name);
        if (cell == null) {
            throw new IllegalArgumentException("no cell " + name);
        }
        return cell;
    }

    /** The series of that name. */
    public static Series series(Map<String, Series> taken, String name) {
        Series series = taken.get(name);
        if (series == null) {
            throw new IllegalArgumentException("no cell " + name);
        }
        return series;
    }

    /** Something that takes a while and gives a number. */
    public interface Cell {
        /** Takes it once. */
        double take() throws Exception;
    }
}
