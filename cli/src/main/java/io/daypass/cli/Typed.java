package io.daypass.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was typed, split into the command's words and the rest.
 *
 * @param entry the command; null if the words name none
 * @param words the words in front, as far as they may name a command
 * @param rest options and arguments
 */
record Typed(@Nullable Entry entry, List<String> words, List<String> rest) {
    /** Options that may stand before the command, and take a value. */
    private static final Set<String> VALUED =
            Set.of("--address", "--token", "--ca-cert", "--format", "-o", "--field", "--reason");

    private static final Set<String> VERSION = Set.of("--version", "-version", "-v");

    Typed {
        words = List.copyOf(words);
        rest = List.copyOf(rest);
    }

    /** Splits what was typed. */
    static Typed read(List<String> arguments) {
        List<String> options = new ArrayList<>();
        int at = 0;
        while (at < arguments.size() && arguments.get(at).startsWith("-")) {
            String option = arguments.get(at++);
            options.add(option);
            if (VALUED.contains(option.startsWith("--") || option.equals("-o") ? option : "-" + option)
                    && at < arguments.size()) {
                options.add(arguments.get(at++));
            }
        }
        List<String> words = arguments.subList(at, arguments.size());
        if (words.isEmpty() && options.stream().anyMatch(VERSION::contains)) {
            words = List.of("version");
            options.clear();
        }
        for (int length = Math.min(2, words.size()); length > 0; length--) {
            String name = String.join(" ", words.subList(0, length));
            for (Entry entry : Catalogue.ENTRIES) {
                if (entry.words().equals(name)) {
                    List<String> rest = new ArrayList<>(options);
                    rest.addAll(words.subList(length, words.size()));
                    return new Typed(entry, words.subList(0, length), rest);
                }
            }
        }
        return new Typed(
                null, words.stream().takeWhile(word -> !word.startsWith("-")).toList(), rest(options, words));
    }

    private static List<String> rest(List<String> options, List<String> words) {
        List<String> rest = new ArrayList<>(options);
        words.stream().dropWhile(word -> !word.startsWith("-")).forEach(rest::add);
        return rest;
    }

    /** Whether help was asked for. */
    boolean asksForHelp() {
        return rest.contains("-h") || rest.contains("--help") || rest.contains("-help");
    }
}
