package io.daypass.broker.mount.bind;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * The known name that takes the fewest edits (Levenshtein).
     *
     * @return null if none comes within a third of its length
     */
    public static @Nullable String of(String wrong, Collection<String> known) {
        if (wrong.length() > LONGEST) {
            return null;
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int edits = edits(wrong, name);
            if (edits <= Math.max(1, name.length() / 3) && edits < least) {
                best = name;
                least = edits;
            }
        }
        return best;
    }

    private static int edits(String from, String to) {
        int[] before = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int swap = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[to.length()];
    }
}
