package io.daypass.cli.shell;

import java.time.Duration;

/** Text that is safe to show on a terminal: what others wrote must not move its cursor or forge its lines. */
public final class Display {
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private Display() {}

    /** On one line: control and format characters are left out, line breaks and tabs become spaces. */
    public static String line(String text) {
        return clean(text, false);
    }

    /** The same, but line breaks and tabs stay. */
    public static String block(String text) {
        return clean(text, true);
    }

    private static String clean(String text, boolean breaks) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR) {
                clean.append(breaks && c < ' ' ? (char) c : ' ');
            } else if (!Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.SURROGATE) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** A number of seconds as people say it, such as {@code 1h30m}. */
    public static String seconds(long seconds) {
        if (seconds <= 0) {
            return "0s";
        }
        Duration left = Duration.ofSeconds(seconds);
        StringBuilder text = new StringBuilder();
        unit(text, left.toDays(), "d");
        unit(text, left.toHoursPart(), "h");
        unit(text, left.toMinutesPart(), "m");
        unit(text, left.toSecondsPart(), "s");
        return text.toString();
    }

    private static void unit(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
