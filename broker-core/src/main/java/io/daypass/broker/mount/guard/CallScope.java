package io.daypass.broker.mount.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call into a plugin, as the thread that runs it sees it: what is to be given back when the call returns. */
public final class CallScope {
    private static final ThreadLocal<CallScope> CURRENT = new ThreadLocal<>();

    private final List<Runnable> atEnd = new ArrayList<>();

    private CallScope() {}

    /** The call that this thread runs; null outside of one. */
    public static @Nullable CallScope current() {
        return CURRENT.get();
    }

    /** Is run when the call has returned, or thrown. */
    public void atEnd(Runnable then) {
        atEnd.add(then);
    }

    static <T> T during(Supplier<T> call) {
        CallScope outer = CURRENT.get();
        CallScope scope = new CallScope();
        CURRENT.set(scope);
        try {
            return call.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
            scope.atEnd.forEach(Runnable::run);
        }
    }
}
