package io.daypass.broker.mount.guard;

import io.daypass.broker.mount.bind.EmptySecretException;
import io.daypass.broker.mount.guard.EngineFailure.Kind;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Reveals;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the code of one mount's plugin: with its class loader as the thread's own, and with every error sorted by who must
 * act, named after the plugin, and cut clean of what was revealed during the call and of what the mount's entries keep.
 */
public final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final String plugin;
    private final ClassLoader loader;
    private final Supplier<Collection<String>> kept;

    /**
     * @param plugin its name, put before every error
     * @param loader its class loader
     * @param kept the secrets that the mount's entries hold now
     */
    public Guard(String plugin, ClassLoader loader, Supplier<Collection<String>> kept) {
        this.plugin = plugin;
        this.loader = loader;
        this.kept = kept;
    }

    /**
     * Runs blocking code.
     *
     * @throws EngineFailure whatever it throws
     */
    public <T> T call(Callable<T> code) {
        Set<String> revealed = new HashSet<>();
        @Nullable Object[] thrown = new Object[1];
        T answer = Reveals.during(() -> CallScope.during(() -> attempt(code, thrown)), revealed::addAll);
        if (thrown[0] instanceof Throwable error) {
            throw sorted(error, revealed);
        }
        return answer;
    }

    /**
     * Runs a draft, on an event loop.
     *
     * @throws EngineFailure whatever it throws
     */
    public <T> T draft(Callable<T> code) {
        return Drafting.during(() -> call(code));
    }

    // Null only together with what was thrown, which the caller looks at first.
    @SuppressWarnings("NullAway")
    private <T> T attempt(Callable<T> code, @Nullable Object[] thrown) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.call();
        } catch (Throwable e) {
            thrown[0] = e;
            return null;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private EngineFailure sorted(Throwable error, Set<String> revealed) {
        if (error instanceof EngineFailure already) {
            return already;
        }
        Set<String> secrets = new HashSet<>(revealed);
        secrets.addAll(kept.get());
        Kind kind = kind(error);
        String text = plugin + ": " + Redaction.cut(text(error), secrets);
        if (kind == Kind.BUG) {
            LOG.atError()
                    .addKeyValue("plugin", plugin)
                    .setCause(Scrubbed.of(error, secrets))
                    .log("a plugin failed in a way that only a bug explains");
            return new EngineFailure(kind, plugin + ": internal error, see the server's log");
        }
        return new EngineFailure(kind, text);
    }

    private static Kind kind(Throwable error) {
        if (error instanceof Invalid) {
            return Kind.INVALID;
        }
        if (error instanceof Refused) {
            return Kind.REFUSED;
        }
        boolean away = error instanceof Unavailable
                || error instanceof IOException
                || error instanceof TimeoutException
                || error instanceof InterruptedException
                || isSql(error.getClass());
        return away ? Kind.UNAVAILABLE : Kind.BUG;
    }

    // By name, since the broker itself has no use for java.sql.
    private static boolean isSql(@Nullable Class<?> type) {
        return type != null && (type.getName().equals("java.sql.SQLException") || isSql(type.getSuperclass()));
    }

    private static String text(Throwable error) {
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return error.getClass().getSimpleName();
        }
        boolean own = error instanceof Invalid || error instanceof Refused || error instanceof Unavailable;
        return own || error instanceof EmptySecretException
                ? message
                : error.getClass().getSimpleName() + ": " + message;
    }
}
