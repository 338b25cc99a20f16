package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.Times;
import io.daypass.broker.identity.Ids;
import io.daypass.lease.Lease;
import java.time.Instant;
import java.util.Locale;

/** How a lease is shown. */
final class LeaseView {
    private final Ids ids;

    /** @param ids what its id is made by */
    LeaseView(Ids ids) {
        this.ids = ids;
    }

    /** With its id, which can end it: for whoever may look it up. */
    ObjectNode whole(Lease lease, Instant now) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("id", ids.leaseId(lease.source().path(), lease.n()));
        shown.put("path", lease.source().path());
        shown.put("issue_time", Times.text(lease.issuedAt()));
        putTime(shown, "expire_time", lease.expiresAt());
        shown.putNull("last_renewal");
        shown.put("renewable", lease.renewable());
        shown.put("ttl", Times.secondsLeft(lease.expiresAt(), now));
        shown.put("state", lease.state().name().toLowerCase(Locale.ROOT));
        shown.put("holder", lease.holder());
        shown.put("reason", lease.reason());
        putTime(shown, "max_expire_time", lease.maxExpiresAt());
        putTime(shown, "due_time", lease.dueAt());
        shown.put("attempts", lease.attempts());
        shown.put("last_error", lease.lastError());
        shown.put("kind", lease.source().kind());
        shown.put("mount", lease.source().mount());
        shown.put("target", lease.source().target());
        shown.put("number", lease.n());
        return shown;
    }

    private static void putTime(ObjectNode shown, String name, Instant at) {
        if (at.equals(Lease.NEVER)) {
            shown.putNull(name);
        } else {
            shown.put(name, Times.text(at));
        }
    }
}
