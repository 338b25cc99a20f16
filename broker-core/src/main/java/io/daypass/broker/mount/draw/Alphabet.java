package io.daypass.broker.mount.draw;

import java.util.random.RandomGenerator;

/** Draws texts from an alphabet, each character alike probable. */
public final class Alphabet {
    /** What the random part of a name is drawn from: it needs no quotes anywhere and is told apart in any case. */
    public static final String NAMES = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static final int SHORTEST = 2;
    /** The first ASCII character after the printable ones. */
    private static final char DELETE = 0x7f;

    private Alphabet() {}

    /**
     * Draws a text.
     *
     * @param length in characters, at least 1
     * @param alphabet two ASCII characters or more, each printable, none twice
     * @throws IllegalArgumentException if they aren't that
     */
    public static String draw(RandomGenerator random, int length, String alphabet) {
        check(length, alphabet);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static void check(int length, String alphabet) {
        if (length < 1) {
            throw new IllegalArgumentException("a length must be at least 1");
        }
        if (!isPrintableOnce(alphabet)) {
            throw new IllegalArgumentException("an alphabet holds two printable ASCII characters or more, none twice");
        }
    }

    private static boolean isPrintableOnce(String alphabet) {
        boolean[] seen = new boolean[DELETE];
        for (int i = 0; i < alphabet.length(); i++) {
            char c = alphabet.charAt(i);
            if (c <= ' ' || c >= DELETE || seen[c]) {
                return false;
            }
            seen[c] = true;
        }
        return alphabet.length() >= SHORTEST;
    }
}
