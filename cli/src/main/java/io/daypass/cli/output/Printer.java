package io.daypass.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Shows replies: data on stdout, everything else on stderr. */
public final class Printer {
    private final Shell shell;
    private final Format format;
    private final boolean quiet;
    private final boolean color;

    /**
     * @param shell where it is written
     * @param format how
     * @param quiet whether what is no data and no error is left out
     * @param color whether it may be made bold
     */
    public Printer(Shell shell, Format format, boolean quiet, boolean color) {
        this.shell = shell;
        this.format = format;
        this.quiet = quiet;
        this.color = color;
    }

    /** Shows a reply: its fields as a table of two columns, unless another format was asked for. */
    public void reply(Reply reply) {
        reply(reply, this::fields);
    }

    /**
     * Shows a reply.
     *
     * @param table shows it to people
     */
    public void reply(Reply reply, Consumer<Reply> table) {
        warnings(reply);
        if (reply.plain() != null && format.kind() != Format.Kind.FIELD) {
            text(reply.plain());
            shell.out().flush();
            return;
        }
        switch (format.kind()) {
            case TABLE -> table.accept(reply);
            case JSON -> json(reply);
            case ENV -> env(reply);
            case FIELD -> field(reply);
        }
        shell.out().flush();
    }

    /** A remark that is no data. */
    public void note(String text) {
        if (!quiet) {
            shell.err().println(Display.block(text));
        }
    }

    /** Whether it is shown to people. */
    public boolean isTable() {
        return format.kind() == Format.Kind.TABLE;
    }

    /**
     * Refuses a field that a reply won't have, for replies that come only once.
     *
     * @param names the fields that it will have
     * @throws Failure if another one was asked for
     */
    public void expect(String... names) {
        if (format.kind() == Format.Kind.FIELD
                && !List.of(names).contains(format.field().split("\\.", 2)[0])) {
            throw Failure.usage(
                    "the reply will have no field \"" + Display.line(format.field()) + "\"; it has "
                            + String.join(", ", names),
                    "look at all of it with -o json");
        }
    }

    /** Writes a table to stdout. */
    public void table(Table table) {
        table.print(shell.out(), color);
    }

    /** Writes a text for people to stdout. */
    public void text(String text) {
        String shown = shell.outIsTerminal() ? Display.block(text) : text;
        shell.out().print(shown);
        if (!shown.endsWith("\n")) {
            shell.out().println();
        }
    }

    /** The broker's warnings, as remarks. */
    public void warnings(Reply reply) {
        warnings(reply, new HashSet<>());
    }

    /**
     * The same for one of several replies, which may all say the same.
     *
     * @param said what is shown no more; what is shown now is added
     */
    public void warnings(Reply reply, Set<String> said) {
        for (JsonNode warning : reply.body().path("warnings")) {
            if (said.add(warning.asText())) {
                note("warning: " + Display.line(warning.asText()));
            }
        }
    }

    private void json(Reply reply) {
        if (!reply.body().isMissingNode()) {
            shell.out().println(reply.pretty());
        }
    }

    private void fields(Reply reply) {
        Table table = new Table("Key", "Value");
        int rows = 0;
        if (!reply.leaseId().isEmpty()) {
            table.row("lease_id", reply.leaseId());
            table.row(
                    "lease_duration",
                    Display.seconds(reply.body().path("lease_duration").asLong()));
            table.row("lease_renewable", reply.body().path("renewable").asText());
            rows = 3;
        }
        for (Map.Entry<String, JsonNode> member : reply.said().properties()) {
            rows += add(table, member.getKey(), member.getValue());
        }
        if (rows > 0) {
            table(table);
        }
    }

    private static int add(Table table, String name, JsonNode value) {
        if (!value.isObject() || value.isEmpty()) {
            table.row(name, value.isObject() ? "{}" : Cells.of(value));
            return 1;
        }
        int rows = 0;
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            rows += add(table, name + "." + member.getKey(), member.getValue());
        }
        return rows;
    }

    private void env(Reply reply) {
        if (Credentials.isIn(reply)) {
            lines(Credentials.of(reply, Map.of()));
            return;
        }
        Map<String, String> variables = EnvLines.of(reply.said());
        variables.keySet().removeIf(name -> {
            if (EnvLines.isActedOn(name)) {
                note("left out: " + name + ", since shells and programs act on a variable of that name");
                return true;
            }
            return false;
        });
        if (!reply.leaseId().isEmpty()) {
            variables.put(Credentials.LEASE, reply.leaseId());
        }
        lines(variables);
    }

    /** In one piece: whoever reads the first line and leaves was shown them all. */
    private void lines(Map<String, String> variables) {
        StringBuilder text = new StringBuilder();
        variables.forEach(
                (name, value) -> text.append(EnvLines.line(name, value)).append('\n'));
        shell.out().print(text);
    }

    private void field(Reply reply) {
        JsonNode value = Fields.find(reply, format.field());
        if (value.isMissingNode()) {
            throw Failure.of(
                    Exit.LOCAL,
                    "the reply has no field \"" + Display.line(format.field()) + "\"; it has " + Fields.names(reply),
                    "look at all of it with -o json");
        }
        shell.out().print(value.isValueNode() && !value.isNull() ? value.asText() : value.toString());
        if (shell.outIsTerminal()) {
            shell.out().println();
        }
    }
}
