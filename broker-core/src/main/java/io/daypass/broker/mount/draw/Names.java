package io.daypass.broker.mount.draw;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes names for credentials: {@code d-<shape>-<random>-<time>}. The mark at the front says whose it is; the shape is
 * what a template makes of the caller and the role, and is cut to whatever room there is; the random part is never cut.
 */
public final class Names {
    private static final String MARK = "d-";
    /** 36^20: more than 100 bits. */
    private static final int RANDOM = 20;
    /** 36^12: 62 bits, for targets with short names. */
    private static final int SHORT_RANDOM = 12;

    private static final int ROOMY = 48;
    private static final int SHORTEST = 16;
    private static final Pattern MADE = Pattern.compile(
            MARK + "([a-z0-9_-]+-)?([0-9a-z]{" + RANDOM + "}|[0-9a-z]{" + SHORT_RANDOM + "})(-[0-9]{1,11})?");

    private Names() {}

    /**
     * Makes a name of letters, digits, {@code _} and {@code -}.
     *
     * @param atMost the target's limit, in characters; 16 or more
     * @param template shapes what follows the mark
     * @param random for the part that makes it unique
     */
    public static String name(int atMost, NameTemplate template, NameTemplate.Values values, RandomGenerator random) {
        if (atMost < SHORTEST) {
            throw new IllegalArgumentException("a name needs at least " + SHORTEST + " characters");
        }
        String unique = Alphabet.draw(random, atMost >= ROOMY ? RANDOM : SHORT_RANDOM, Alphabet.NAMES);
        String time = "-" + values.unixTime();
        String end = MARK.length() + unique.length() + time.length() <= atMost ? unique + time : unique;
        int room = atMost - MARK.length() - end.length() - 1;
        String shape = clean(template.fill(values));
        if (room < 1 || shape.isEmpty()) {
            return MARK + end;
        }
        return MARK + (shape.length() <= room ? shape : shape.substring(0, room)) + "-" + end;
    }

    /** Whether a name looks like one that was made here: those of other brokers do too. */
    public static boolean isMade(String name) {
        return MADE.matcher(name).matches();
    }

    private static String clean(String shape) {
        StringBuilder kept = new StringBuilder(shape.length());
        for (char c : shape.toLowerCase(Locale.ROOT).toCharArray()) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
