package io.daypass.broker.mount.draw;

import io.daypass.plugin.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template in Vault's syntax: text, and actions in double braces. An action is {@code .DisplayName}, {@code
 * .RoleName}, {@code random N} or {@code unix_time}, followed by any number of {@code | truncate N}, {@code |
 * lowercase}, {@code | uppercase}, {@code | replace "a" "b"}.
 */
public final class NameTemplate {
    private static final String FIELD = "username_template";
    private static final int LONGEST = 1_000;
    private static final int LONGEST_RANDOM = 64;
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Pattern WORD = Pattern.compile("\\s*(\"[^\"]*\"|[^\\s\"|]+)\\s*");

    /** What is used where no template is given. */
    public static final NameTemplate DEFAULT = parse("{{.DisplayName | truncate 8}}-{{.RoleName | truncate 8}}");

    private final List<Piece> pieces;

    private NameTemplate(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** Where a template draws from. */
    public interface Values {
        /** {@code .DisplayName}. */
        String displayName();

        /** {@code .RoleName}. */
        String roleName();

        /** {@code random N}. */
        String randomText(int length);

        /** {@code unix_time}. */
        long unixTime();
    }

    private interface Piece {
        String of(Values values);
    }

    private interface Change {
        String apply(String text);
    }

    /**
     * Reads a template.
     *
     * @throws Invalid naming what can't be read
     */
    public static NameTemplate parse(String text) {
        if (text.length() > LONGEST) {
            throw problem("is longer than " + LONGEST + " characters");
        }
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf(OPEN, at);
            if (open < 0) {
                pieces.add(literal(text.substring(at)));
                break;
            }
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw problem("has {{ without }} after it");
            }
            pieces.add(literal(text.substring(at, open)));
            pieces.add(action(text.substring(open + OPEN.length(), close)));
            at = close + CLOSE.length();
        }
        return new NameTemplate(pieces);
    }

    private static Piece literal(String text) {
        return values -> text;
    }

    private static Piece action(String text) {
        List<List<String>> stages = stages(text);
        Piece source = source(stages.get(0));
        List<Change> changes = stages.stream().skip(1).map(NameTemplate::change).toList();
        return values -> {
            String made = source.of(values);
            for (Change change : changes) {
                // However it multiplies itself: a handful of replacements in a row could otherwise fill the memory.
                made = cut(change.apply(cut(made)));
            }
            return made;
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** The words of each stage of a pipeline. */
    private static List<List<String>> stages(String text) {
        List<List<String>> stages = new ArrayList<>();
        List<String> stage = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '|') {
                stages.add(stage);
                stage = new ArrayList<>();
                at++;
            } else if (word.region(at, text.length()).lookingAt()) {
                stage.add(word.group(1));
                at = word.end();
            } else {
                throw problem("has an action that can't be read");
            }
        }
        stages.add(stage);
        return stages;
    }

    private static Piece source(List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        int arguments = words.size() - 1;
        if (first.equals(".DisplayName") && arguments == 0) {
            return Values::displayName;
        }
        if (first.equals(".RoleName") && arguments == 0) {
            return Values::roleName;
        }
        if (first.equals("unix_time") && arguments == 0) {
            return values -> Long.toString(values.unixTime());
        }
        if (first.equals("random") && arguments == 1) {
            int length = number(words.get(1));
            if (length < 1 || length > LONGEST_RANDOM) {
                throw problem("asks for random of a length that isn't between 1 and " + LONGEST_RANDOM);
            }
            return values -> values.randomText(length);
        }
        throw problem("has an action that doesn't begin with .DisplayName, .RoleName, random N or unix_time");
    }

    private static Change change(List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        int arguments = words.size() - 1;
        if (first.equals("lowercase") && arguments == 0) {
            return text -> text.toLowerCase(Locale.ROOT);
        }
        if (first.equals("uppercase") && arguments == 0) {
            return text -> text.toUpperCase(Locale.ROOT);
        }
        if (first.equals("truncate") && arguments == 1) {
            int length = number(words.get(1));
            return text -> text.length() <= length ? text : text.substring(0, length);
        }
        if (first.equals("replace") && arguments == 2) {
            String from = quoted(words.get(1));
            String to = quoted(words.get(2));
            return text -> from.isEmpty() ? text : text.replace(from, to);
        }
        throw problem("pipes into something else than truncate N, lowercase, uppercase or replace \"a\" \"b\"");
    }

    private static int number(String word) {
        if (!word.matches("[0-9]{1,4}")) {
            throw problem("has something else than a small number after random or truncate");
        }
        return Integer.parseInt(word);
    }

    private static String quoted(String word) {
        if (!word.startsWith("\"")) {
            throw problem("has replace without quotes around its two texts");
        }
        return word.substring(1, word.length() - 1);
    }

    private static Invalid problem(String text) {
        return new Invalid(FIELD, text);
    }

    /** What it makes of these values. */
    public String fill(Values values) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.of(values)));
        return text.toString();
    }
}
