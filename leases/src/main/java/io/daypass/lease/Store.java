package io.daypass.lease;

import io.daypass.entry.EntryStore;
import io.daypass.outbox.Outbox;

/** Everything that is kept. */
public interface Store extends AutoCloseable {
    /** The clock that judges what is due here. It starts no earlier than what was written down last. */
    StoreClock clock();

    /** The leases. */
    LeaseTable leases();

    /** Who had them. */
    Traces traces();

    /** What happened to them. */
    Outbox outbox();

    /** The rest. */
    EntryStore entries();

    /** Finishes the commit under way and closes. Blocks. */
    @Override
    void close();
}
