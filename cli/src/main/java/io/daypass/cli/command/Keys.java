package io.daypass.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Printer;
import io.daypass.cli.output.Table;
import java.util.function.Consumer;

/** Shows the keys of a listing. */
public final class Keys {
    private Keys() {}

    /** One a line, under a heading. */
    public static Consumer<Reply> of(Printer printer) {
        return reply -> {
            Table table = new Table("Keys");
            for (JsonNode key : reply.said().path("keys")) {
                table.row(Cells.of(key));
            }
            printer.table(table);
        };
    }
}
