package io.daypass.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Printer;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Display;
import java.util.function.Consumer;

/** Shows tokens. */
final class Tokens {
    private Tokens() {}

    /** A token that was made, or renewed. */
    static Consumer<Reply> shown(Printer printer) {
        return reply -> {
            JsonNode auth = reply.body().path("auth");
            Table table = new Table("Key", "Value");
            table.row("token", Cells.of(auth.path("client_token")));
            table.row("token_accessor", Cells.of(auth.path("accessor")));
            table.row("token_duration", duration(auth.path("lease_duration").asLong()));
            table.row("token_renewable", Cells.of(auth.path("renewable")));
            table.row("token_policies", Cells.of(auth.path("policies")));
            auth.path("metadata")
                    .properties()
                    .forEach(member -> table.row("token_meta_" + member.getKey(), Cells.of(member.getValue())));
            printer.table(table);
        };
    }

    private static String duration(long seconds) {
        return seconds == 0 ? "without end" : Display.seconds(seconds);
    }
}
