package io.daypass.cli;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.CommonOptions;
import io.daypass.cli.command.PassesOn;
import io.daypass.cli.shell.Columns;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Reads the options and arguments of one command; long options may have one dash or two. */
final class Parser {
    private final Entry entry;
    private final Action command;
    private final CommonOptions common = new CommonOptions();
    private final CommandLine line;
    private final String[] examples;

    Parser(Entry entry) {
        this.entry = entry;
        this.command = entry.maker().get();
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        spec.addMixin("common", CommandSpec.forAnnotatedObject(common));
        spec.name("daypass " + entry.words());
        spec.usageMessage()
                .header(entry.summary() + ".")
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .optionListHeading("%nOptions:%n")
                .parameterListHeading("%n");
        examples = spec.usageMessage().footer();
        // Without an argument it would be read, not set.
        spec.usageMessage().footer(new String[0]);
        line = new CommandLine(spec)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }

    /** The command, its fields filled in by {@link #parse}. */
    Action command() {
        return command;
    }

    /**
     * Reads options and arguments into the command.
     *
     * @return the options that every command has
     * @throws Failure if they are wrong
     */
    CommonOptions parse(List<String> arguments) {
        List<String> own = arguments;
        int mark = arguments.indexOf("--");
        if (command instanceof PassesOn further && mark >= 0) {
            own = arguments.subList(0, mark);
            further.passOn(arguments.subList(mark + 1, arguments.size()));
        }
        try {
            line.parseArgs(twoDashes(own).toArray(String[]::new));
            return common;
        } catch (CommandLine.UnmatchedArgumentException more) {
            boolean unmarked = command instanceof PassesOn && mark < 0;
            throw Failure.usage(
                    Display.line(String.valueOf(more.getMessage())),
                    unmarked
                            ? "what is to be run, and its own arguments, stand behind --"
                            : "daypass " + entry.words() + " --help");
        } catch (CommandLine.ParameterException wrong) {
            String said = String.valueOf(wrong.getMessage()).replace("option option", "option");
            throw Failure.usage(Display.line(said), "daypass " + entry.words() + " --help");
        }
    }

    /** Writes the command's help. */
    void usage(Shell shell) {
        line.getCommandSpec().usageMessage().width(Columns.of(shell));
        line.usage(shell.out());
        if (examples.length > 0) {
            shell.out().println();
            shell.out().println("Examples:");
            // Whole, whatever the width is: they are there to be copied.
            List.of(examples).forEach(shell.out()::println);
        }
    }

    /** Its model, for completion. */
    CommandLine line() {
        return line;
    }

    private List<String> twoDashes(List<String> arguments) {
        List<String> fixed = new ArrayList<>(arguments);
        for (int i = 0; i < fixed.size() && !fixed.get(i).equals("--"); i++) {
            String argument = fixed.get(i);
            boolean single = argument.length() > 2 && argument.charAt(0) == '-' && argument.charAt(1) != '-';
            if (single && line.getCommandSpec().optionsMap().containsKey("-" + name(argument))) {
                fixed.set(i, "-" + argument);
            }
        }
        return fixed;
    }

    private static String name(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }
}
