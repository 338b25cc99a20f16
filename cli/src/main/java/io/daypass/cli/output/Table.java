package io.daypass.cli.output;

import io.daypass.cli.shell.Display;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, in columns as wide as they need to be. */
public final class Table {
    private static final int GAP = 3;

    private final List<List<String>> rows = new ArrayList<>();

    /** @param heading the names of the columns */
    public Table(String... heading) {
        rows.add(List.of(heading));
    }

    /** A row; its cells are made safe to show here. */
    public void row(List<String> cells) {
        rows.add(cells.stream().map(Display::line).toList());
    }

    /** A row. */
    public void row(String... cells) {
        row(List.of(cells));
    }

    /** Writes heading and rows. */
    public void print(PrintStream out, boolean bold) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            boolean loud = bold && r == 0;
            text.append(loud ? "\u001b[1m" : "");
            line(text, rows.get(r), widths);
            text.append(loud ? "\u001b[0m" : "").append('\n');
        }
        out.print(text);
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths) {
        int last = cells.size() - 1;
        while (last > 0 && cells.get(last).isEmpty()) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            String cell = cells.get(i);
            text.append(cell);
            if (i < last) {
                text.append(" ".repeat(widths[i] - width(cell) + GAP));
            }
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
