package io.daypass.broker.api;

import java.util.List;
import java.util.Map;

/** An error that is answered. The texts say what was wrong and what to do, and hold no secret. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient List<String> errors;
    private final transient Map<String, String> headers;

    private ApiException(Kind kind, List<String> errors, Map<String, String> headers) {
        super(String.join("; ", errors), null, false, kind == Kind.FAULT);
        this.kind = kind;
        this.errors = errors;
        this.headers = headers;
    }

    /** The caller sent what can't be served: 400. */
    public static ApiException badRequest(String error) {
        return new ApiException(Kind.BAD_REQUEST, List.of(error), Map.of());
    }

    /** The caller sent what can't be served, for several reasons: 400. */
    public static ApiException badRequest(List<String> errors) {
        return new ApiException(Kind.BAD_REQUEST, List.copyOf(errors), Map.of());
    }

    /** No token, an unknown one, a dead one, or a policy that says no: 403, with the same text for all. */
    public static ApiException denied() {
        return new ApiException(Kind.DENIED, List.of("permission denied"), Map.of());
    }

    /** Nothing is there: 404 without text. */
    public static ApiException notFound() {
        return new ApiException(Kind.NOT_FOUND, List.of(), Map.of());
    }

    /** Nothing is there: 404. */
    public static ApiException notFound(String error) {
        return new ApiException(Kind.NOT_FOUND, List.of(error), Map.of());
    }

    /** The path doesn't know the verb: 405. */
    public static ApiException unsupported(String error) {
        return new ApiException(Kind.UNSUPPORTED, List.of(error), Map.of());
    }

    /** The body is too large: 413. */
    public static ApiException tooLarge(String error) {
        return new ApiException(Kind.TOO_LARGE, List.of(error), Map.of());
    }

    /** The path is too long: 414. */
    public static ApiException pathTooLong(String error) {
        return new ApiException(Kind.PATH_TOO_LONG, List.of(error), Map.of());
    }

    /** The headers are too large: 431. */
    public static ApiException headTooLarge(String error) {
        return new ApiException(Kind.HEAD_TOO_LARGE, List.of(error), Map.of());
    }

    /** The request was meant for another host: 421. */
    public static ApiException misdirected(String error) {
        return new ApiException(Kind.MISDIRECTED, List.of(error), Map.of());
    }

    /** A lane is full: 429. */
    public static ApiException busy(String error) {
        return new ApiException(Kind.BUSY, List.of(error), Map.of("Retry-After", "1"));
    }

    /** A fault of ours: 500. */
    public static ApiException fault(String error) {
        return new ApiException(Kind.FAULT, List.of(error), Map.of());
    }

    /** A target that can't be reached: 502. */
    public static ApiException targetFailed(String error) {
        return new ApiException(Kind.TARGET_FAILED, List.of(error), Map.of());
    }

    /** Sealed, or not ready: 503. */
    public static ApiException sealedUp(String error) {
        return new ApiException(Kind.SEALED, List.of(error), Map.of());
    }

    /** What sort of error it is. */
    public Kind kind() {
        return kind;
    }

    /** The texts. */
    public List<String> errors() {
        return errors;
    }

    /** Headers that go with it. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The sorts of errors, each with its status: the one place where that is said. */
    public enum Kind {
        /** The caller must act. */
        BAD_REQUEST(400),
        /** The caller may not. */
        DENIED(403),
        /** Nothing there. */
        NOT_FOUND(404),
        /** Not with this verb. */
        UNSUPPORTED(405),
        /** Too much. */
        TOO_LARGE(413),
        /** Too much in the first line. */
        PATH_TOO_LONG(414),
        /** Not here. */
        MISDIRECTED(421),
        /** Not now. */
        BUSY(429),
        /** Too much in the headers. */
        HEAD_TOO_LARGE(431),
        /** Our fault. */
        FAULT(500),
        /** The target's fault. */
        TARGET_FAILED(502),
        /** Sealed, or not ready. */
        SEALED(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The status of HTTP. */
        public int status() {
            return status;
        }
    }
}
