package io.daypass.broker.mount.guard;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An error as it may be logged: the same stack, the same causes, their texts without secrets. */
final class Scrubbed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 8;

    private Scrubbed(String message, @Nullable Throwable cause, StackTraceElement[] stack) {
        super(message, cause);
        setStackTrace(stack);
    }

    static Scrubbed of(Throwable error, Collection<String> secrets) {
        return of(error, secrets, DEEPEST);
    }

    private static Scrubbed of(Throwable error, Collection<String> secrets, int deeper) {
        Throwable cause = error.getCause();
        Scrubbed below = cause == null || deeper == 0 ? null : of(cause, secrets, deeper - 1);
        return new Scrubbed(Redaction.cut(error.toString(), secrets), below, error.getStackTrace());
    }
}
