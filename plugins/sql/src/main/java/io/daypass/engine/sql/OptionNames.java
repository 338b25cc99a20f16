package io.daypass.engine.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The options that a URL may have, for whoever wrote another. */
public final class OptionNames {
    private static final int FAR_OFF = 4;
    private static final int LONGEST_SHOWN = 40;

    private OptionNames() {}

    /**
     * What is wrong with an option, with the nearest one that there is.
     *
     * @param name as it was given
     * @param known the names that there are, at least one
     */
    public static String unknown(String name, List<String> known) {
        String nearest = known.stream()
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
                .orElseThrow();
        boolean isShown = name.length() <= LONGEST_SHOWN && name.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        String hint = distance(name, nearest) < FAR_OFF ? "; did you mean " + nearest + "?" : "";
        return (isShown ? name : "(?)") + ", which is not among " + String.join(", ", known) + hint;
    }

    /** How many characters must be inserted, removed or replaced to make one of the other, but for their case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
