package io.daypass.broker.mount;

import io.daypass.broker.mount.guard.CallScope;
import io.daypass.broker.mount.guard.Drafting;
import io.daypass.plugin.Resources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One resource for each entry of a table. A call that has asked for one holds it until the call has returned; one that is
 * stale is closed when nobody holds it any more.
 */
final class HostResources<T extends Record, R extends AutoCloseable> implements Resources<R> {
    private static final Logger LOG = LoggerFactory.getLogger(HostResources.class);

    private final HostTable<T> table;
    private final Function<T, R> open;
    private final MountScope scope;
    private final Map<String, Held<R>> current = new HashMap<>();

    HostResources(HostTable<T> table, Function<T, R> open, MountScope scope) {
        this.table = table;
        this.open = open;
        this.scope = scope;
        table.onChange(this::reopen);
    }

    /** A resource, and how many calls hold it. Guarded by the lock of its owner. */
    private static final class Held<R> {
        final R resource;
        int calls;
        boolean stale;

        Held(R resource) {
            this.resource = resource;
        }
    }

    @Override
    public synchronized R of(String name) {
        Drafting.refuse("Resources.of");
        Held<R> held = current.get(name);
        if (held == null) {
            held = new Held<>(open.apply(table.named(name)));
            current.put(name, held);
        }
        hold(held);
        return held.resource;
    }

    private void hold(Held<R> held) {
        CallScope call = CallScope.current();
        if (call != null) {
            held.calls++;
            call.atEnd(() -> release(held));
        }
    }

    private synchronized void release(Held<R> held) {
        held.calls--;
        if (held.stale && held.calls == 0) {
            close(held);
        }
    }

    @Override
    public synchronized void reopen(String name) {
        Held<R> held = current.remove(name);
        if (held != null) {
            retire(held);
        }
    }

    @Override
    public synchronized <A> Map<String, A> look(Function<R, Optional<A>> at) {
        Map<String, A> seen = new TreeMap<>();
        current.forEach((name, held) -> at.apply(held.resource).ifPresent(answer -> seen.put(name, answer)));
        return seen;
    }

    /** Closes all that nobody holds, and the others when they are released. */
    synchronized void closeAll() {
        current.values().forEach(this::retire);
        current.clear();
    }

    private void retire(Held<R> held) {
        held.stale = true;
        if (held.calls == 0) {
            close(held);
        }
    }

    // On a thread of its own, since what changes an entry may be an event loop, and pools take their time to close.
    private void close(Held<R> held) {
        scope.parts().threads().run(() -> {
            try {
                scope.guard().call(() -> {
                    held.resource.close();
                    return true;
                });
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("mount", scope.entry().get().path())
                        .addKeyValue("problem", e.getMessage())
                        .log("a resource could not be closed");
            }
        });
    }
}
