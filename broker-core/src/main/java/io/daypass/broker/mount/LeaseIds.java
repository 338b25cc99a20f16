package io.daypass.broker.mount;

/** Makes the ids that leases are known by outside. */
@FunctionalInterface
public interface LeaseIds {
    /**
     * The id of a lease, which whoever doesn't hold it can't guess.
     *
     * @param path the issue path
     * @param n the lease's number
     */
    String leaseId(String path, long n);
}
