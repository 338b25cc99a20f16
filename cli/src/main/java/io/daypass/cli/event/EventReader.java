package io.daypass.cli.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events, as the HTML standard says they look. */
final class EventReader {
    private final BufferedReader lines;

    EventReader(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * Waits for the next message.
     *
     * @return null at the end of the stream; a message that isn't finished then is no message
     */
    @Nullable
    Message next() throws IOException {
        String type = "";
        String id = "";
        StringBuilder data = new StringBuilder();
        boolean begun = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (begun) {
                    return new Message(type, id, data.toString());
                }
                continue;
            }
            String value = value(line);
            switch (line.substring(0, Math.max(0, line.indexOf(':') < 0 ? line.length() : line.indexOf(':')))) {
                case "event" -> type = value;
                case "id" -> id = value;
                case "data" -> data.append(data.length() == 0 ? "" : "\n").append(value);
                default -> {
                    continue;
                }
            }
            begun = true;
        }
        return null;
    }

    private static String value(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return "";
        }
        String value = line.substring(colon + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /**
     * A message.
     *
     * @param type what sort of
     * @param id from where to go on after it; empty if it doesn't say
     * @param data what it says; empty if nothing
     */
    record Message(String type, String id, String data) {}
}
