package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Times;
import io.daypass.broker.api.Verb;
import io.daypass.broker.identity.Ids;
import io.daypass.broker.mount.IssuerMark;
import io.daypass.broker.mount.draw.Names;
import io.daypass.lease.Lease;
import io.daypass.lease.Trace;
import io.daypass.lease.Traces;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code sys/leases/who}: from what a target knows of a credential to its lease and who holds it, also for a while after it
 * has ended. A capability of its own, since it is for those who look into what others did, and lets them end nothing.
 */
public final class SysWho {
    private static final int MOST = 20;
    private static final int LONGEST = 1_000;
    private static final int HEXADECIMAL = 16;
    private static final String FORGOTTEN =
            "its lease ended longer ago than is remembered (storage.remember_ended, storage.remember_most); the audit"
                    + " log has who asked for leases then";

    private final Traces traces;
    private final Ids ids;
    private final Names names;

    /**
     * @param traces what is known of leases
     * @param ids what lease ids and accessors look like
     * @param names what names of credentials look like
     */
    public SysWho(Traces traces, Ids ids, Names names) {
        this.traces = traces;
        this.ids = ids;
        this.names = names;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(Route.of(Verb.WRITE, "sys/leases/who", this::who));
    }

    private Future<Reply> who(Call call) {
        Params params = new Params(call.request().body());
        Optional<String> username = given(params, "username");
        Optional<String> serial = given(params, "serial");
        Optional<String> leaseId = given(params, "lease_id");
        Optional<String> issuer = given(params, "issuer");
        if (Stream.of(username, serial, leaseId).filter(Optional::isPresent).count() != 1) {
            throw ApiException.badRequest(
                    "username, serial, lease_id: one of them is expected, as a target's log or pg_stat_activity shows it");
        }
        if (issuer.isPresent() && serial.isEmpty()) {
            throw ApiException.badRequest("issuer: it goes with a serial");
        }
        return username.map(this::byName)
                .or(() -> leaseId.map(this::byId))
                .orElseGet(() -> bySerial(serial(serial.orElseThrow()), issuer))
                .map(found -> Reply.data(shown(found)).warnings(params.unknown()));
    }

    private static Optional<String> given(Params params, String name) {
        return params.line(name, LONGEST).map(String::strip).filter(text -> !text.isEmpty());
    }

    private Future<List<Trace>> byName(String name) {
        return one(
                names.numberOf(name),
                "no user of that name was made by this broker: its name doesn't bear its mark. Ask the broker that made"
                        + " it, or look in the database who did",
                "that user was made by this broker, but " + FORGOTTEN);
    }

    private Future<List<Trace>> byId(String id) {
        return one(
                ids.leaseNumber(id),
                "that is no lease id of this broker's; sys/leases/query lists the leases that are there",
                "there was such a lease, but " + FORGOTTEN);
    }

    private Future<List<Trace>> one(OptionalLong number, String unknown, String forgotten) {
        if (number.isEmpty()) {
            return Future.failedFuture(ApiException.notFound(unknown));
        }
        return Stages.here(traces.find(number.getAsLong()))
                .map(found -> List.of(found.orElseThrow(() -> ApiException.notFound(forgotten))));
    }

    private Future<List<Trace>> bySerial(long serial, Optional<String> issuer) {
        return Stages.here(traces.ofSerial(serial, MOST)).map(found -> {
            List<Trace> meant = issuer.isEmpty()
                    ? found
                    : found.stream()
                            .filter(each -> each.issuer() == 0 || each.issuer() == IssuerMark.of(issuer.get()))
                            .toList();
            return nonEmpty(
                    meant,
                    () -> found.isEmpty()
                            ? "no lease has the serial " + serial + ": it is another broker's, was never given, or "
                                    + FORGOTTEN
                            : "the serial " + serial
                                    + " was given here, but by another issuer: another broker's CA made this"
                                    + " one, or " + FORGOTTEN);
        });
    }

    private static List<Trace> nonEmpty(List<Trace> found, Supplier<String> otherwise) {
        if (found.isEmpty()) {
            throw ApiException.notFound(otherwise.get());
        }
        return found;
    }

    /** Decimal, as logs have it, or 16 hexadecimal digits, as the answer that came with it had it. */
    private static long serial(String text) {
        try {
            long serial = text.length() == HEXADECIMAL ? Long.parseLong(text, HEXADECIMAL) : Long.parseLong(text);
            if (serial > 0) {
                return serial;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like one out of bounds.
        }
        throw ApiException.badRequest("serial: a number from 1 up is expected, as a log has it, or the 16 hexadecimal"
                + " digits of serial_number");
    }

    private ObjectNode shown(List<Trace> found) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode leases = data.putArray("leases");
        found.forEach(each -> leases.add(shown(each)));
        return data;
    }

    private ObjectNode shown(Trace trace) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("lease_id", ids.leaseId(trace.source().path(), trace.n()));
        shown.put("path", trace.source().path());
        shown.put("state", trace.state() == null ? "ended" : word(trace.state()));
        shown.put("holder", trace.holder());
        shown.put("accessor", trace.parent() == 0 ? null : ids.accessor(trace.parent()));
        shown.put("reason", trace.reason());
        shown.put("issue_time", Times.text(trace.issuedAt()));
        shown.put("expire_time", time(trace.expiresAt()));
        shown.put("end_time", time(trace.endedAt()));
        shown.put("cause", trace.cause() == null ? null : word(trace.cause()));
        shown.put("kind", trace.source().kind());
        shown.put("target", trace.source().target());
        shown.put("serial", trace.serial() == 0 ? null : trace.serial());
        shown.put("number", trace.n());
        return shown;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null || at.equals(Lease.NEVER) ? null : Times.text(at);
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
