package io.daypass.broker.audit;

/** A line can't be written, so what it is about must not happen. The operator must act; the log says at what. */
public final class AuditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditException(String message) {
        super(message, null, false, false);
    }

    AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
