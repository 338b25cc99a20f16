package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** What is at the path of a mount. */
interface Slot {
    /** The mount as it is set. */
    MountEntry entry();

    /** Finds what serves a path, given from segment {@code from} on. */
    Resolved resolve(Verb verb, List<String> path, int from);

    /** What answers everything with the same error, to those who may see it. */
    static Resolved always(Verb verb, ApiException answer) {
        return new Resolved(Route.of(verb, "", call -> Future.failedFuture(answer)), Map.of(), false);
    }

    /**
     * A mount whose engine can't be opened. It keeps its path and its leases, which stay due until it can.
     *
     * @param why without secrets
     */
    record Broken(MountEntry entry, String why) implements Slot {
        /** Why a mount can't be opened, without secrets. */
        static String told(RuntimeException e) {
            return e instanceof ApiException
                    ? String.valueOf(e.getMessage())
                    : e.getClass().getSimpleName();
        }

        @Override
        public Resolved resolve(Verb verb, List<String> path, int from) {
            return always(verb, ApiException.fault(entry.path() + " can't be served: " + why));
        }
    }
}
