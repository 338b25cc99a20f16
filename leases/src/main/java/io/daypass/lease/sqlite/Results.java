package io.daypass.lease.sqlite;

import io.daypass.lease.Lease;
import io.daypass.outbox.Event;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** What is written about REVOKING rows that are still there after a call. */
final class Results {
    private final Rows rows;

    Results(Rows rows) {
        this.rows = rows;
    }

    /** One more attempt each, due again at their instant. */
    void failed(Transaction change, Map<Long, Instant> dueAt, String error) throws SQLException {
        String text = Steps.cut(error);
        for (Map.Entry<Long, Instant> each : dueAt.entrySet()) {
            int met = change.session()
                    .update(
                            "update lease set due_at = ?, attempts = attempts + 1, last_error = ?"
                                    + " where n = ? and state = 2",
                            each.getValue().toEpochMilli(),
                            text,
                            each.getKey());
            if (met == 1) {
                say(change, each.getKey(), Event.Type.RETRYING, text, each.getValue());
            }
        }
    }

    /** Kept until then; but due at once if word of the mint came while the call was under way. */
    void waiting(Transaction change, Map<Long, Instant> dueAt) throws SQLException {
        for (Map.Entry<Long, Instant> each : dueAt.entrySet()) {
            Instant until = each.getValue();
            String text =
                    "kept until " + until.truncatedTo(ChronoUnit.SECONDS) + " to be sure: its mint may still arrive";
            int met = change.session()
                    .update(
                            "update lease set due_at = ?, last_error = ? where n = ? and state = 2 and mint_over = 0",
                            until.toEpochMilli(),
                            text,
                            each.getKey());
            if (met == 1) {
                say(change, each.getKey(), Event.Type.WAITING, text, until);
            } else {
                again(change, each.getKey());
            }
        }
    }

    private static void again(Transaction change, long n) throws SQLException {
        int met = change.session().update("update lease set due_at = ? where n = ? and state = 2", change.now(), n);
        if (met == 1) {
            change.due(change.now());
        }
    }

    private void say(Transaction change, long n, Event.Type type, String text, Instant due) throws SQLException {
        Optional<Lease> lease = change.lease(rows, n);
        if (lease.isPresent()) {
            change.event(type, lease.get(), text);
            change.due(due.toEpochMilli());
        }
    }
}
