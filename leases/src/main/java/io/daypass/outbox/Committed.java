package io.daypass.outbox;

import java.time.Instant;
import java.util.List;

/**
 * What one commit did to leases.
 *
 * @param events in their order
 * @param earliestDue the earliest instant at which one of the changed rows is due
 */
public record Committed(List<Event> events, Instant earliestDue) {
    public Committed {
        events = List.copyOf(events);
    }
}
