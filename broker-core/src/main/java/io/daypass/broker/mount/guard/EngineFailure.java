package io.daypass.broker.mount.guard;

import io.daypass.broker.api.ApiException;
import java.util.Objects;

/** A call into a plugin that failed, sorted by who must act. Its text names the plugin and holds no secret. */
public final class EngineFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * @param kind who must act
     * @param message without secrets
     */
    public EngineFailure(Kind kind, String message) {
        super(Objects.requireNonNull(message, "message"), null, false, false);
        this.kind = kind;
    }

    /** Who must act. */
    public Kind kind() {
        return kind;
    }

    /** The text. */
    public String text() {
        return Objects.requireNonNullElse(getMessage(), "");
    }

    /** What is answered because of it. */
    public ApiException toAnswer() {
        return switch (kind) {
            case INVALID, REFUSED -> ApiException.badRequest(text());
            case UNAVAILABLE -> ApiException.targetFailed(text());
            case BUG -> ApiException.fault(text());
        };
    }

    /** Who must act. */
    public enum Kind {
        /** The caller: what was asked for can't be served. */
        INVALID,
        /** The operator: the target said no, and nothing is left. */
        REFUSED,
        /** Nobody but wait: the target is away, or what it did is unknown. */
        UNAVAILABLE,
        /** The plugin's author. */
        BUG
    }
}
