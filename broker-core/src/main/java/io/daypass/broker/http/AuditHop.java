package io.daypass.broker.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Request;
import io.daypass.broker.api.Stages;
import io.daypass.broker.audit.Audit;
import io.daypass.broker.audit.AuditEntry;
import io.daypass.broker.audit.AuditException;
import io.daypass.broker.identity.Ids;
import io.daypass.broker.seal.Barrier;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts a request on record before it is served, and its answer before that is given; else neither happens. */
final class AuditHop {
    private final Audit audit;
    private final Ids ids;
    private final InstantSource clock;

    /**
     * @param audit the record
     * @param ids what accessors are made by
     * @param clock for the lines' times
     */
    AuditHop(Audit audit, Ids ids, InstantSource clock) {
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Serves a request between its two lines.
     *
     * @param variables of its route: a lease id among them is written without what makes it usable
     * @param serving may throw
     */
    Future<Reply> around(
            Request request, Caller caller, Map<String, String> variables, Supplier<Future<Reply>> serving) {
        AuditEntry entry = entry(request, caller, variables);
        return Stages.here(audit.request(entry))
                .recover(AuditHop::refused)
                .compose(written -> serving.get())
                .transform(outcome ->
                        answered(entry, outcome, text -> AuditedPath.text(text, request.pathText(), variables)));
    }

    private Future<Reply> answered(AuditEntry entry, AsyncResult<Reply> outcome, UnaryOperator<String> shown) {
        AuditEntry line = entry.answered(
                clock.instant(),
                outcome.succeeded() ? answer(outcome.result()) : failure(outcome.cause(), entry.requestId(), shown));
        return Stages.here(audit.response(line)).recover(AuditHop::refused).transform(written -> {
            if (written.failed() && outcome.succeeded()) {
                outcome.result().undelivered().run();
            }
            if (written.failed()) {
                return Future.failedFuture(written.cause());
            }
            return outcome.succeeded()
                    ? Future.succeededFuture(outcome.result())
                    : Future.failedFuture(outcome.cause());
        });
    }

    private AuditEntry entry(Request request, Caller caller, Map<String, String> variables) {
        return new AuditEntry(
                clock.instant(),
                request.id(),
                request.verb().name().toLowerCase(Locale.ROOT),
                AuditedPath.of(request.pathText(), variables),
                request.remote(),
                request.reason(),
                caller.displayName(),
                caller.policies(),
                caller.n() == 0 ? "" : ids.accessor(caller.n()),
                request.body().isEmpty() ? null : request.body(),
                null);
    }

    private static AuditEntry.Answer answer(Reply reply) {
        JsonNode data = reply.data();
        ObjectNode auth = reply.auth();
        String leaseId = reply.lease() == null ? "" : reply.lease().id();
        return new AuditEntry.Answer(reply.status(), data, auth, leaseId, List.of());
    }

    private static AuditEntry.Answer failure(
            @Nullable Throwable thrown, String requestId, UnaryOperator<String> shown) {
        if (thrown instanceof ApiException known) {
            return new AuditEntry.Answer(
                    known.kind().status(),
                    null,
                    null,
                    "",
                    known.errors().stream().map(shown).toList());
        }
        ApiException.Kind kind =
                thrown instanceof Barrier.SealedException ? ApiException.Kind.SEALED : ApiException.Kind.FAULT;
        return new AuditEntry.Answer(
                kind.status(),
                null,
                null,
                "",
                List.of("not served; if it is a fault of ours, the log has it under the request id " + requestId));
    }

    private static <T> Future<T> refused(Throwable thrown) {
        Throwable cause = thrown.getCause() instanceof AuditException ? thrown.getCause() : thrown;
        return Future.failedFuture(
                cause instanceof AuditException unwritten
                        ? ApiException.fault(String.valueOf(unwritten.getMessage()))
                        : thrown);
    }
}
