package io.daypass.dist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.daypass.embedded.Await;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A subscription to the lease events of a broker. */
public final class Events implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final Duration MOST = Duration.ofSeconds(10);

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpResponse<Stream<String>> response;
    private volatile boolean ended;

    /**
     * Subscribes.
     *
     * @param api as whom
     * @param after the cursor of the last event that isn't wanted; 0: from the first
     */
    public Events(Api api, long after) {
        response = api.exchange(
                api.request("sys/events/subscribe?after=" + after)
                        .timeout(Duration.ofHours(1))
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        Thread reading = new Thread(this::read, "events");
        reading.setDaemon(true);
        reading.start();
    }

    /** The last events there are, the newest last; waits until nothing new comes. */
    public static List<JsonNode> last(Api api, int most) {
        try (Events events = new Events(api, 0)) {
            int[] seen = {-1};
            Await.within(MOST, () -> {
                Await.pass(QUIET);
                boolean quiet = seen[0] == events.received.size();
                seen[0] = events.received.size();
                return quiet;
            });
            List<JsonNode> all = events.received();
            return all.subList(Math.max(0, all.size() - most), all.size());
        }
    }

    /** The HTTP status of the subscription. */
    public int status() {
        return response.statusCode();
    }

    /** What has come so far. */
    public List<JsonNode> received() {
        return List.copyOf(received);
    }

    /** All that was written so far, as it came over the wire. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Whether the broker has ended the stream. */
    public boolean isOver() {
        return ended;
    }

    @Override
    public void close() {
        response.body().close();
    }

    private void read() {
        try {
            for (Iterator<String> each = response.body().iterator(); each.hasNext(); ) {
                String line = each.next();
                lines.add(line);
                if (line.startsWith("data: ")) {
                    received.add(JSON.readTree(line.substring("data: ".length())));
                }
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("an event is no JSON", notJson);
        } catch (UncheckedIOException closed) {
            // The stream ends so, whichever side closes it; what was received stays.
        } finally {
            ended = true;
        }
    }
}
