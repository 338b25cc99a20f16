package io.daypass.broker.mount.draw;

import io.daypass.broker.seal.Barrier;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes names for credentials: {@code d-<shape>-<unique>-<time>}. The mark at the front says whose it is; the shape is
 * what a template makes of the caller and the role, and is cut to whatever room there is; the unique part is never cut. It
 * is the lease's number, 5 random characters, and a MAC over the whole name: so a name leads to its lease without an
 * index on names, and no other name does. Names of targets with less room have a random part alone, and lead nowhere.
 */
public final class Names {
    private static final String MARK = "d-";
    private static final String PURPOSE = "name";
    private static final int RADIX = 36;
    /** 36^5: 26 bits, so that names differ even of brokers with the same keys, such as a copy of a store. */
    private static final int RANDOM = 5;
    /** 36^7: 36 bits, so that names of different brokers differ, and nobody guesses one that leads to a lease. */
    private static final int MAC = 7;
    /** 36^12: 62 bits, for targets with short names. */
    private static final int RANDOM_ALONE = 12;
    /** Room for the mark and a unique part with the longest number there is. */
    private static final int ROOMY = MARK.length() + 13 + RANDOM + MAC;

    private static final int SHORTEST = 16;
    private static final Pattern MADE =
            Pattern.compile("(d-(?:[a-z0-9_-]+-)?)([a-z0-9]{1,13})([a-z0-9]{5})([a-z0-9]{7})((?:-[0-9]+)?)");
    private static final int LONGEST = 255;
    /** Of any broker, and of whichever of these forms. */
    private static final Pattern LIKE_MADE = Pattern.compile("d-([a-z0-9_-]+-)?[a-z0-9]{12,25}(-[0-9]{1,11})?");

    private final UnaryOperator<String> stamp;

    /** @param stamp 7 characters for a text, which nobody else could say */
    Names(UnaryOperator<String> stamp) {
        this.stamp = stamp;
    }

    /** Names that only this broker makes. */
    public static Names of(Barrier barrier) {
        BigInteger range = BigInteger.valueOf(RADIX).pow(MAC);
        return new Names(text -> {
            byte[] mac = barrier.mac(PURPOSE, text.getBytes(StandardCharsets.US_ASCII));
            String digits = new BigInteger(1, mac).mod(range).toString(RADIX);
            return "0".repeat(MAC - digits.length()) + digits;
        });
    }

    /**
     * Makes a name of letters, digits, {@code _} and {@code -}.
     *
     * @param number of the lease that it leads to
     * @param atMost the target's limit, in characters; 16 or more. From 27 on the name leads back to its lease
     * @param template shapes what follows the mark
     * @param random for the part that makes it unique
     */
    public String name(
            long number, int atMost, NameTemplate template, NameTemplate.Values values, RandomGenerator random) {
        if (atMost < SHORTEST) {
            throw new IllegalArgumentException("a name needs at least " + SHORTEST + " characters");
        }
        boolean leadsBack = atMost >= ROOMY;
        String unique = leadsBack
                ? Long.toString(number, RADIX) + Alphabet.draw(random, RANDOM, Alphabet.NAMES)
                : Alphabet.draw(random, RANDOM_ALONE, Alphabet.NAMES);
        int length = unique.length() + (leadsBack ? MAC : 0);
        String time = "-" + values.unixTime();
        if (MARK.length() + length + time.length() > atMost) {
            time = "";
        }
        String front = front(atMost - MARK.length() - length - time.length() - 1, clean(template.fill(values)));
        return front + unique + (leadsBack ? stamp.apply(front + unique + time) : "") + time;
    }

    private static String front(int room, String shape) {
        if (room < 1 || shape.isEmpty()) {
            return MARK;
        }
        return MARK + (shape.length() <= room ? shape : shape.substring(0, room)) + "-";
    }

    /**
     * The number of the lease that a name leads to.
     *
     * @return empty if it is no name of this broker's, or one that leads nowhere
     */
    public OptionalLong numberOf(String name) {
        Matcher made = MADE.matcher(name);
        if (name.length() > LONGEST || !made.matches()) {
            return OptionalLong.empty();
        }
        String said = made.group(1) + made.group(2) + made.group(3) + made.group(5);
        boolean ours = MessageDigest.isEqual(ascii(stamp.apply(said)), ascii(made.group(4)));
        try {
            return ours ? OptionalLong.of(Long.parseLong(made.group(2), RADIX)) : OptionalLong.empty();
        } catch (NumberFormatException beyondAnyNumber) {
            return OptionalLong.empty();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a name looks like one that was made here; those of other brokers do too. */
    public static boolean isMade(String name) {
        return name.length() <= LONGEST && LIKE_MADE.matcher(name).matches();
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
