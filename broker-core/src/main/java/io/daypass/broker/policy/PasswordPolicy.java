package io.daypass.broker.policy;

/**
 * How passwords are made.
 *
 * @param length in characters
 * @param alphabet the characters to draw from, without repetition
 */
public record PasswordPolicy(int length, String alphabet) {
    /** The shortest password. */
    public static final int SHORTEST = 16;

    /** The longest password. */
    public static final int LONGEST = 128;

    private static final int FEWEST = 10;

    public PasswordPolicy {
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "length: from " + SHORTEST + " to " + LONGEST + " characters are expected");
        }
        if (alphabet.chars().distinct().count() != alphabet.length() || alphabet.length() < FEWEST) {
            throw new IllegalArgumentException(
                    "alphabet: at least " + FEWEST + " characters are expected, none of them twice");
        }
        boolean harmless =
                alphabet.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\'' && c != '"' && c != '\\' && c != '`');
        if (!harmless) {
            throw new IllegalArgumentException(
                    "alphabet: printable ASCII characters are expected, no space, quote or backslash");
        }
    }

    /** How many random bits a password holds. */
    public double bits() {
        return length * (Math.log(alphabet.length()) / Math.log(2));
    }
}
