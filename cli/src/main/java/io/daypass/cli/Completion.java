package io.daypass.cli;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code completion}: writes the script by which a shell completes commands and options. */
@Command(
        footer = {
            "  source <(daypass completion bash)",
            "  daypass completion bash > ~/.local/share/bash-completion/completions/daypass"
        })
final class Completion implements Action {
    @Parameters(index = "0", paramLabel = "SHELL", description = "bash")
    private String shell = "";

    @Override
    public int run(Session session) {
        if (!shell.equals("bash")) {
            throw Failure.of(Exit.USAGE, "there is a completion for bash only", "daypass completion bash");
        }
        session.shell().out().print(AutoComplete.bash("daypass", tree()));
        return Action.ok();
    }

    private static CommandLine tree() {
        CommandLine root = new CommandLine(CommandSpec.create().name("daypass"));
        root.addSubcommand("server", CommandSpec.create());
        root.addSubcommand("demo", CommandSpec.create());
        root.addSubcommand(
                "plugin", new CommandLine(CommandSpec.create()).addSubcommand("check", CommandSpec.create()));
        root.addSubcommand("prepare", CommandSpec.create());
        Map<String, CommandLine> groups = new LinkedHashMap<>();
        for (Entry entry : Catalogue.ENTRIES) {
            CommandLine line = new Parser(entry).line();
            String[] words = entry.words().split(" ", -1);
            line.getCommandSpec().name(words[words.length - 1]);
            if (words.length == 1) {
                root.addSubcommand(words[0], line);
                groups.put(words[0], line);
            } else {
                groups.computeIfAbsent(
                                words[0],
                                name -> new CommandLine(CommandSpec.create().name(name)))
                        .addSubcommand(words[1], line);
            }
        }
        groups.forEach((name, group) -> {
            if (!root.getSubcommands().containsKey(name)) {
                root.addSubcommand(name, group);
            }
        });
        return root;
    }
}
