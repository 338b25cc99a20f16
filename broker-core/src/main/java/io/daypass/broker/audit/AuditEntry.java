package io.daypass.broker.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log, before its secrets are made unreadable.
 *
 * @param time when
 * @param requestId names the request in both of its lines
 * @param operation what was asked for: {@code read}, {@code update}, ...
 * @param path what it was asked of; written as it is, so without what only its holder may know
 * @param remote the address it came from
 * @param reason given with it; empty if none
 * @param displayName of the caller; empty if nobody is known
 * @param policies of the caller
 * @param accessor of the caller's token; empty if there is none
 * @param request what was sent along; its strings are written as MACs
 * @param answer what was answered; null for a request's line
 */
public record AuditEntry(
        Instant time,
        String requestId,
        String operation,
        String path,
        String remote,
        String reason,
        String displayName,
        List<String> policies,
        String accessor,
        @Nullable JsonNode request,
        @Nullable Answer answer) {
    public AuditEntry {
        policies = List.copyOf(policies);
    }

    /** The same request, answered: for the response's line. */
    public AuditEntry answered(Instant at, Answer given) {
        return new AuditEntry(
                at, requestId, operation, path, remote, reason, displayName, policies, accessor, request, given);
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param data its strings are written as MACs
     * @param auth the same, for a token that was made
     * @param leaseId written as a MAC; empty if there is none
     * @param errors written as they are: they hold no secrets
     */
    public record Answer(
            int status, @Nullable JsonNode data, @Nullable JsonNode auth, String leaseId, List<String> errors) {
        public Answer {
            errors = List.copyOf(errors);
        }
    }
}
