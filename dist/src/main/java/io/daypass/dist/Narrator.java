package io.daypass.dist;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells a story on a terminal: chapters, what is seen, and whether it held. */
final class Narrator {
    private static final String GREEN = "\u001B[32m";
    private static final String RED = "\u001B[31m";
    private static final String BOLD = "\u001B[1m";
    private static final String DIM = "\u001B[2m";
    private static final String PLAIN = "\u001B[0m";

    private final PrintStream out;
    private final boolean coloured;
    private final List<String> broken = new ArrayList<>();
    private String chapter = "";
    private int chapters;

    /**
     * @param out where to
     * @param coloured whether the reader is a terminal, and wants colour
     */
    Narrator(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Begins a numbered chapter. */
    void chapter(String title) {
        chapter = title;
        chapters++;
        out.println();
        out.println(paint(BOLD, chapters + "  " + title));
    }

    /** Something that is seen. */
    void say(String line) {
        out.println("   " + line);
    }

    /** Something beside the story. */
    void aside(String line) {
        out.println("   " + paint(DIM, line));
    }

    /** Something that had to hold, and did. */
    void holds(String line) {
        out.println("   " + paint(GREEN, "✔") + " " + line);
    }

    /** Something that had to hold, and did not. */
    void broke(String line) {
        out.println("   " + paint(RED, "✘") + " " + line);
        broken.add(chapter + ": " + line);
    }

    /** Says one or the other. */
    void check(boolean held, String line) {
        if (held) {
            holds(line);
        } else {
            broke(line);
        }
    }

    /** What did not hold so far. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** A time as people read it: {@code 42 ms}, {@code 2.31 s}. */
    static String time(Duration time) {
        long millis = time.toMillis();
        return millis < 1000 ? millis + " ms" : String.format("%d.%02d s", millis / 1000, millis % 1000 / 10);
    }

    private String paint(String colour, String text) {
        return coloured ? colour + text + PLAIN : text;
    }
}
