package io.daypass.benchmarks.report;

import io.daypass.benchmarks.measure.Line;
import java.util.List;
import java.util.Locale;

/**
 * A picture of the lines that have a goal: how much of it each one reaches, on a scale where every doubling is as wide
 * as the next. Bars that end right of the line in the middle have met theirs.
 */
public final class Plot {
    private static final int ROW = 26;
    private static final int TOP = 56;
    private static final int LABELS = 460;
    private static final int WIDTH = 1060;
    private static final double DOUBLINGS = 3;
    private static final String MET = "#2a7f62";
    private static final String MISSED = "#b4442f";

    private Plot() {}

    /**
     * The picture as SVG.
     *
     * @param title stands above it
     */
    public static String svg(String title, List<Line> lines) {
        List<Line> drawn = lines.stream()
                .filter(line -> line.hasGoal() && Double.isFinite(line.value()) && line.value() > 0)
                .toList();
        int height = TOP + drawn.size() * ROW + 24;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + height
                + "\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(svg, 16, 24, "start", "#222222", title);
        scale(svg, height);
        for (int i = 0; i < drawn.size(); i++) {
            bar(svg, TOP + i * ROW, drawn.get(i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void scale(StringBuilder svg, int height) {
        for (int doubling = (int) -DOUBLINGS; doubling <= DOUBLINGS; doubling++) {
            double x = x(Math.pow(2, doubling));
            boolean goal = doubling == 0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/>%n",
                    x,
                    x,
                    TOP - 8,
                    height - 20,
                    goal ? "#222222" : "#dddddd"));
            text(svg, x, TOP - 12, "middle", "#666666", goal ? "goal" : label(doubling));
        }
    }

    private static void bar(StringBuilder svg, int y, Line line) {
        double attained = line.goal().attainment(line.value());
        double from = x(1);
        double to = x(attained);
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                Math.min(from, to),
                y + 4,
                Math.max(1, Math.abs(to - from)),
                ROW - 10,
                line.isMet() ? MET : MISSED));
        text(svg, LABELS - 12, y + 17, "end", "#222222", line.scenario() + ": " + line.what());
        text(
                svg,
                WIDTH - 12,
                y + 17,
                "end",
                "#222222",
                line.unit().format(line.value()) + "  (" + line.goal().text() + ")");
    }

    private static double x(double attained) {
        double doublings = Math.log(attained) / Math.log(2);
        double bounded = Math.max(-DOUBLINGS, Math.min(DOUBLINGS, doublings));
        int plot = WIDTH - LABELS - 170;
        return LABELS + plot * (bounded + DOUBLINGS) / (2 * DOUBLINGS);
    }

    private static String label(int doubling) {
        int factor = 1 << Math.abs(doubling);
        return doubling > 0 ? factor + "×" : "1/" + factor;
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String colour, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                colour,
                escaped));
    }
}
