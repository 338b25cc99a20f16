package io.daypass.engine.ssh.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is in a file, byte by byte: each is one character here, so that places in the text are places in the file. */
final class FileText {
    private final String text;

    FileText(byte[] bytes) {
        text = asBytes(bytes);
    }

    /**
     * A line.
     *
     * @param at where it begins
     * @param text without its end, which is {@code \n} or {@code \r\n} or the file's
     */
    record Line(int at, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** A text as it is in files, one character for each byte. */
    static String asBytes(String line) {
        return asBytes(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String asBytes(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** All lines that hold this. */
    List<Line> linesWith(String part) {
        List<Line> found = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, from)) {
            Line line = lineAt(at);
            found.add(line);
            from = line.at() + line.text().length() + 1;
        }
        return found;
    }

    private Line lineAt(int inside) {
        int from = text.lastIndexOf('\n', inside) + 1;
        int end = text.indexOf('\n', inside);
        int to = end < 0 ? text.length() : end;
        boolean hasReturn = to > from && text.charAt(to - 1) == '\r';
        return new Line(from, text.substring(from, hasReturn ? to - 1 : to));
    }

    /** Whether a line is exactly this. */
    boolean hasLine(String line) {
        return linesWith(line).stream().anyMatch(each -> each.text().equals(line));
    }

    /** All of it. */
    String all() {
        return text;
    }
}
