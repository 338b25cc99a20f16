package io.daypass.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.output.Cells;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code events tail}: shows what happens to leases, as it happens. */
@Command(
        description = "Goes on until it is interrupted or its token ends. If the broker goes away, it is tried every"
                + " second, and nothing is shown twice or left out.",
        footer = {
            "  daypass events tail",
            "  daypass events tail --after 0 -o json",
            "  daypass events tail --count 1   # wait for the next"
        })
public final class Tail implements Action {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** The broker says something every 15 s, if only that it is still there. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    @Option(names = "--after", paramLabel = "CURSOR", description = "go on after this event; 0: from the oldest kept")
    private @Nullable String cursor;

    @Option(names = "--count", paramLabel = "N", description = "end after so many")
    private long count = Long.MAX_VALUE;

    private boolean connected;

    @Override
    public int run(Session session) {
        if (count < 1) {
            throw Failure.usage("--count: a number from 1 up is expected", "daypass events tail --count 1");
        }
        while (count > 0) {
            try {
                follow(session);
                if (count > 0) {
                    session.printer().note("the broker ended the stream; asking for it again");
                }
            } catch (IOException broken) {
                session.printer().note("the stream broke off; asking for it again");
            } catch (Failure failed) {
                if (!connected || failed.exit() != Exit.BUSY) {
                    throw failed;
                }
            }
            if (count > 0) {
                Pause.of(RETRY);
            }
        }
        return Action.ok();
    }

    private void follow(Session session) throws IOException {
        Call call = Call.read("sys/events/subscribe");
        try (InputStream stream =
                session.broker().patience(SILENCE).stream(cursor == null ? call : call.with("after", cursor))) {
            connected = true;
            EventReader reader = new EventReader(stream);
            while (count > 0) {
                EventReader.Message message = reader.next();
                if (message == null) {
                    return;
                }
                if (!message.id().isEmpty()) {
                    cursor = message.id();
                }
                if (!message.data().isEmpty()) {
                    show(session, message);
                    // Nobody reads it any more, or it can't be written: nothing to go on for.
                    count = session.shell().out().checkError() ? 0 : count - 1;
                }
            }
        }
    }

    private static void show(Session session, EventReader.Message message) throws IOException {
        if (!session.printer().isTable()) {
            session.shell().out().println(message.data());
            return;
        }
        if (message.type().equals("gap")) {
            session.printer().note("some events are no longer kept; the oldest that is follows");
            return;
        }
        JsonNode event = Json.read(message.data().getBytes(StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-30s  %-14s  %s  #%s",
                Cells.of(event.path("time")),
                Cells.of(event.path("type")),
                Cells.of(event.path("path")),
                Cells.of(event.path("number"))));
        append(line, "  by ", Cells.of(event.path("holder")));
        append(line, "  reason: ", Cells.of(event.path("reason")));
        append(line, "  ", Cells.of(event.path("detail")));
        session.shell().out().println(line);
    }

    private static void append(StringBuilder line, String lead, String text) {
        if (!text.isEmpty()) {
            line.append(lead).append(text);
        }
    }
}
