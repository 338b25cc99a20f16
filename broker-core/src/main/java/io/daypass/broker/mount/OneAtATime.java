package io.daypass.broker.mount;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Lets changes begin only when the one before is over, however that went. */
final class OneAtATime {
    private Future<Void> last = Future.succeededFuture();

    synchronized <T> Future<T> then(Supplier<Future<T>> change) {
        Future<T> next = last.transform(over -> change.get());
        last = next.transform(over -> Future.succeededFuture());
        return next;
    }
}
