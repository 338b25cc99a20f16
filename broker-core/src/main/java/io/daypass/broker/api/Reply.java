package io.daypass.broker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param status of HTTP
 * @param form how the body looks
 * @param data what there is to say; null for nothing
 * @param lease the lease that comes with it
 * @param auth the {@code auth} member, whose {@code lease_duration} the writer fills in from {@code authExpiresAt}
 * @param authExpiresAt when that token ends
 * @param warnings lines for whoever reads them
 * @param headers beyond the usual ones
 * @param undelivered is run if it is known before the first byte went out that nobody gets this reply
 * @param raw the bytes, for {@link Form#RAW}
 * @param stream takes over the response, for {@link Form#STREAM}
 */
public record Reply(
        int status,
        Form form,
        @Nullable JsonNode data,
        @Nullable LeaseInfo lease,
        @Nullable ObjectNode auth,
        @Nullable Instant authExpiresAt,
        List<String> warnings,
        Map<String, String> headers,
        Runnable undelivered,
        @Nullable Buffer raw,
        @Nullable Consumer<HttpServerResponse> stream) {
    private static final Runnable NOTHING = () -> {};

    public Reply {
        warnings = List.copyOf(warnings);
        headers = Map.copyOf(headers);
    }

    /** 204. */
    public static Reply none() {
        return new Reply(204, Form.NONE, null, null, null, null, List.of(), Map.of(), NOTHING, null, null);
    }

    /** 200 with the envelope around {@code data}. */
    public static Reply data(@Nullable JsonNode data) {
        return new Reply(200, Form.ENVELOPE, data, null, null, null, List.of(), Map.of(), NOTHING, null, null);
    }

    /** 200 with the envelope, and the members of {@code data} at the top level too. */
    public static Reply legacy(ObjectNode data) {
        return new Reply(200, Form.BOTH, data, null, null, null, List.of(), Map.of(), NOTHING, null, null);
    }

    /** The members of {@code data} at the top level only. */
    public static Reply bare(int status, ObjectNode data) {
        return new Reply(status, Form.BARE, data, null, null, null, List.of(), Map.of(), NOTHING, null, null);
    }

    /** 200 with these bytes. */
    public static Reply raw(String contentType, Buffer bytes) {
        return new Reply(
                200,
                Form.RAW,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of("Content-Type", contentType),
                NOTHING,
                bytes,
                null);
    }

    /** A response that goes on for as long as it likes; the consumer writes its head too. */
    public static Reply stream(Consumer<HttpServerResponse> stream) {
        return new Reply(200, Form.STREAM, null, null, null, null, List.of(), Map.of(), NOTHING, null, stream);
    }

    /** 200 with the envelope around a token. */
    public static Reply auth(ObjectNode auth, Instant expiresAt) {
        return new Reply(200, Form.ENVELOPE, null, null, auth, expiresAt, List.of(), Map.of(), NOTHING, null, null);
    }

    /** The same, with another status. */
    public Reply status(int other) {
        return new Reply(other, form, data, lease, auth, authExpiresAt, warnings, headers, undelivered, raw, stream);
    }

    /** The same, with a lease. */
    public Reply lease(String id, boolean renewable, Instant expiresAt) {
        return new Reply(
                status,
                form,
                data,
                new LeaseInfo(id, renewable, expiresAt),
                auth,
                authExpiresAt,
                warnings,
                headers,
                undelivered,
                raw,
                stream);
    }

    /** The same, with warnings; a reply without a body gets the envelope, with {@code data} null. */
    public Reply warnings(List<String> lines) {
        if (lines.isEmpty()) {
            return this;
        }
        boolean bodiless = form == Form.NONE;
        return new Reply(
                bodiless ? 200 : status,
                bodiless ? Form.ENVELOPE : form,
                data,
                lease,
                auth,
                authExpiresAt,
                lines,
                headers,
                undelivered,
                raw,
                stream);
    }

    /** The same, with a header. */
    public Reply header(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, form, data, lease, auth, authExpiresAt, warnings, more, undelivered, raw, stream);
    }

    /** The same, with what is to be done if nobody gets it. */
    public Reply ifUndelivered(Runnable then) {
        return new Reply(status, form, data, lease, auth, authExpiresAt, warnings, headers, then, raw, stream);
    }

    /**
     * The lease that comes with a reply.
     *
     * @param id its id
     * @param renewable whether it can be renewed
     * @param expiresAt when it ends; the writer works out {@code lease_duration} from it
     */
    public record LeaseInfo(String id, boolean renewable, Instant expiresAt) {}

    /** How a body looks. */
    public enum Form {
        /** None. */
        NONE,
        /** The envelope. */
        ENVELOPE,
        /** The envelope, and {@code data} at the top level. */
        BOTH,
        /** {@code data} at the top level. */
        BARE,
        /** Bytes. */
        RAW,
        /** Whatever the stream writes. */
        STREAM
    }
}
