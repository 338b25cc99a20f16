package io.daypass.broker.mount;

import io.daypass.broker.mount.guard.Drafting;
import io.daypass.plugin.Revoked;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** The list of one kind's leases that ended before their time, as it is in the store. */
final class HostRevoked implements Revoked, Signal.Of {
    private final MountScope scope;
    private final String kind;
    private final Signal signal = new Signal();
    private final AtomicLong cursor = new AtomicLong();

    HostRevoked(MountScope scope, String kind) {
        this.scope = scope;
        this.kind = kind;
    }

    /** Learns a cursor that no change of the list is after. */
    CompletionStage<Void> load() {
        return scope.parts().store().outbox().newest().thenAccept(newest -> cursor.accumulateAndGet(newest, Math::max));
    }

    /** A lease of the kind is ending. */
    void ending(long at) {
        cursor.accumulateAndGet(at, Math::max);
        signal.fire();
    }

    @Override
    public Signal signal() {
        return signal;
    }

    @Override
    public long[] serials() {
        Drafting.refuse("Revoked.serials");
        return Blocking.await(scope.leases().listed(scope.id(), kind, scope.now()));
    }

    @Override
    public long version() {
        return cursor.get();
    }
}
