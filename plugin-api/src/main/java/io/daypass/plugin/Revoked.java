package io.daypass.plugin;

/** The serials of a kind's leases that ended before their time and are still on its list. Made by {@link Leases#revoked}. */
public interface Revoked extends Watchable {
    /**
     * All of them. A lease is among them from the commit on that ends it. Blocks; refused in a draft.
     *
     * @return in ascending order, each once; the array is the caller's own
     */
    long[] serials();

    /**
     * A number that grows with every change of the list, also from one run of the broker to the next; without a change it
     * may grow when the broker starts.
     */
    long version();
}
