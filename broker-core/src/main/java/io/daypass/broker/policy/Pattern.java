package io.daypass.broker.policy;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a stanza speaks of: {@code +} stands for one whole segment, a {@code *} at the very end for any rest.
 *
 * <p>A pattern that could match nothing is refused rather than kept: whoever wrote a {@code deny} with it believes
 * that it denies.
 */
public final class Pattern {
    /** The longest text, in characters. */
    public static final int MAX_LENGTH = 1024;

    /**
     * From the lowest priority to the highest: lower is what has its first wildcard earlier; then what ends in
     * {@code *}; then what has more {@code +}; then the shorter; then the lexicographically smaller.
     */
    public static final Comparator<Pattern> PRIORITY = Comparator.<Pattern>comparingInt(p -> p.firstWildcard)
            .thenComparing(p -> p.glob, Comparator.reverseOrder())
            .thenComparing(p -> p.plusses, Comparator.reverseOrder())
            .thenComparingInt(p -> p.text.length())
            .thenComparing(p -> p.text);

    private static final String PLUS = "+";
    private static final String NEVER = ", so it could never match";

    private final String text;
    private final String[] segments;
    private final boolean glob;
    private final int plusses;
    private final int firstWildcard;

    private Pattern(String text) {
        this.text = text;
        this.glob = text.endsWith("*");
        this.segments = (glob ? text.substring(0, text.length() - 1) : text).split("/", -1);
        int count = 0;
        int first = glob ? text.length() - 1 : Integer.MAX_VALUE;
        int at = 0;
        for (String segment : segments) {
            if (segment.equals(PLUS)) {
                first = Math.min(first, at);
                count++;
            }
            at += segment.length() + 1;
        }
        this.plusses = count;
        this.firstWildcard = first;
    }

    /**
     * Reads a pattern.
     *
     * @param written as in a policy; one slash at its beginning is dropped
     * @throws IllegalArgumentException if it is none, or could never match; the text goes after the word "path"
     */
    public static Pattern parse(String written) {
        String text = written.startsWith("/") ? written.substring(1) : written;
        String wrong = wrongWith(text);
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        return new Pattern(text);
    }

    /** Whether it speaks of exactly one path. */
    public boolean isExact() {
        return firstWildcard == Integer.MAX_VALUE;
    }

    /** Whether it could speak of a path that begins so. */
    boolean reachesInto(String prefix) {
        String literal = isExact() ? text : text.substring(0, firstWildcard);
        return literal.startsWith(prefix) || (!isExact() && prefix.startsWith(literal));
    }

    /** Whether it speaks of that path, which has no slash at its beginning. */
    public boolean matches(String path) {
        int at = 0;
        int last = segments.length - 1;
        for (int i = 0; i < last; i++) {
            int end = path.indexOf('/', at);
            if (end < 0 || !fits(segments[i], path, at, end)) {
                return false;
            }
            at = end + 1;
        }
        String segment = segments[last];
        if (glob) {
            return path.startsWith(segment, at);
        }
        return path.indexOf('/', at) < 0 && fits(segment, path, at, path.length());
    }

    private static boolean fits(String segment, String path, int from, int to) {
        return segment.equals(PLUS) || (segment.length() == to - from && path.startsWith(segment, from));
    }

    private static @Nullable String wrongWith(String text) {
        if (text.isEmpty()) {
            return "is empty; \"*\" stands for every path";
        }
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        if (text.contains("${") || text.contains("{{")) {
            return "holds a template, which isn't evaluated; write the path out, or use + for the segment";
        }
        if (text.contains("+*")) {
            return "holds +*, which is no wildcard; write +/* or *";
        }
        int star = text.indexOf('*');
        if (star >= 0 && star < text.length() - 1) {
            return "holds a * before its end; * stands at the very end, + for one whole segment";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '%' || Character.isISOControl(c)) {
                return "holds a backslash, a % or a control character, which no request's path has" + NEVER;
            }
        }
        return wrongSegment(text.split("/", -1));
    }

    private static @Nullable String wrongSegment(String[] segments) {
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty() && i < segments.length - 1) {
                return "holds an empty segment (two slashes in a row), which no request's path has" + NEVER;
            }
            if (segments[i].equals(".") || segments[i].equals("..")) {
                return "holds the segment . or .., which no request's path has" + NEVER;
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As policies write it, without a slash at its beginning. */
    @Override
    public String toString() {
        return text;
    }
}
