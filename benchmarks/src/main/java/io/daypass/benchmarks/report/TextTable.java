package io.daypass.benchmarks.report;

import io.daypass.benchmarks.measure.Line;
import java.util.ArrayList;
import java.util.List;

/** The lines as a table for a terminal, which is a table of Markdown as well. */
public final class TextTable {
    private static final List<String> HEAD = List.of("scenario", "what", "value", "range", "goal", "", "note");

    private TextTable() {}

    /** The whole table, with a line break at its end. */
    public static String of(List<Line> lines) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        lines.forEach(line -> rows.add(cells(line)));
        int[] widths = widths(rows);
        StringBuilder table = new StringBuilder();
        append(table, rows.get(0), widths);
        table.append('|');
        for (int width : widths) {
            table.append("-".repeat(width + 2)).append('|');
        }
        table.append('\n');
        rows.subList(1, rows.size()).forEach(row -> append(table, row, widths));
        return table.toString();
    }

    private static List<String> cells(Line line) {
        String verdict = line.hasGoal() ? (line.isMet() ? "met" : "MISSED") : "";
        return List.of(
                line.scenario(),
                line.what(),
                line.unit().format(line.value()),
                line.spread(),
                line.goal().text(),
                verdict,
                line.note());
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static void append(StringBuilder table, List<String> row, int[] widths) {
        table.append('|');
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            table.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(" |");
        }
        table.append('\n');
    }
}
