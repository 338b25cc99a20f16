package io.daypass.cli;

import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The help that is not about one command. */
final class Help {
    private final List<String> words;
    private final boolean asked;

    private Help(List<String> words, boolean asked) {
        this.words = words;
        this.asked = asked;
    }

    /** The help for what was typed, which names no command. */
    static Help of(Typed typed) {
        boolean byWord = !typed.words().isEmpty() && typed.words().get(0).equals("help");
        boolean asked = byWord || typed.asksForHelp();
        List<String> words = byWord ? typed.words().subList(1, typed.words().size()) : typed.words();
        return new Help(words, asked);
    }

    /**
     * Shows it: on stdout if it was asked for, else on stderr.
     *
     * @return what the process ends with
     * @throws Failure if the words are no command's
     */
    int print(Shell shell) {
        String named = String.join(" ", words);
        for (Entry entry : Catalogue.ENTRIES) {
            if (asked && entry.words().equals(named)) {
                new Parser(entry).usage(shell);
                return Exit.OK.code();
            }
        }
        String group = words.isEmpty() ? "" : words.get(0) + " ";
        List<Entry> shown = Catalogue.ENTRIES.stream()
                .filter(entry -> group.isEmpty() || (entry.words() + " ").startsWith(group))
                .toList();
        if (shown.isEmpty() || words.size() > 1) {
            String typed = String.join(" ", words.subList(0, shown.isEmpty() ? 1 : 2));
            throw Failure.usage("there is no command \"" + Display.line(typed) + "\"", next(typed));
        }
        PrintStream to = asked ? shell.out() : shell.err();
        if (group.isEmpty()) {
            to.println("Daypass hands out credentials that end. Usage: daypass COMMAND [OPTIONS] [ARGUMENTS]");
            to.println();
            to.println(row("server", "Run a broker (--dev: in memory of a temporary folder, to try things)"));
            to.println(row("demo", "Show what it does, step by step, on an embedded PostgreSQL"));
            to.println(row("plugin check", "Say what is wrong with a plugin's archive before a broker loads it"));
            to.println(row("prepare", "Make later starts quicker; once after installing, for who may write there"));
        }
        shown.forEach(entry -> to.println(row(entry.words(), entry.summary())));
        to.println();
        to.println("daypass COMMAND --help says more. Options may have one dash or two, and stand anywhere.");
        return asked ? Exit.OK.code() : Exit.USAGE.code();
    }

    private static String row(String words, String summary) {
        return String.format(Locale.ROOT, "  %-20s %s", words, summary);
    }

    /** The help of the command that was meant, where that can be told. */
    private static String next(String typed) {
        String nearest = nearest(typed);
        boolean near = distance(typed, nearest) <= Math.max(2, typed.length() / 3);
        return near && !typed.isBlank() ? "daypass " + nearest + " --help" : "daypass --help   # shows all commands";
    }

    private static String nearest(String typed) {
        List<String> names = new ArrayList<>(List.of("server", "demo", "plugin check", "prepare"));
        Catalogue.ENTRIES.forEach(entry -> names.add(entry.words()));
        return names.stream()
                .min((a, b) -> Integer.compare(distance(typed, a), distance(typed, b)))
                .orElse("");
    }

    /** Levenshtein's: how many letters must be added, left out or changed. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
