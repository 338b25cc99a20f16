package io.daypass.plugin;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** One kind of lease. Declared by {@link Mount#leases}; every method answers itself. */
public interface Leases<H extends Record> {
    /**
     * Declares a path that issues a lease: GET or POST.
     *
     * @param path such as {@code creds/{role}}
     * @param answer what the caller gets as {@code data}
     * @param draft without I/O; may be run again
     */
    <A extends Record> Leases<H> issue(String path, Class<A> answer, Drafter<H, A> draft);

    /**
     * Says that this kind has no effect outside of the broker: it costs one durable write, its mint step only computes
     * (it must not block), and its natural expiry calls nothing.
     */
    Leases<H> withoutEffect();

    /** Declares how the target is told a new expiry. It is told before the lease has it. */
    Leases<H> extend(Extend<H> extend);

    /** Declares how a mint of unknown outcome is ended, with the target's own word on whether it can still land. */
    Leases<H> settle(Settle<H> settle);

    /**
     * Says which target a lease lives in: it gets a lane, a breaker and lists of its own, and the entry can't be deleted
     * while leases live there.
     *
     * @param targets the table whose entries are targets
     * @param name of the entry, from the handle
     */
    Leases<H> on(Table<?> targets, Function<H, String> name);

    /**
     * Says which target a lease lives in, as {@link #on(Table, Function)} does, and how many calls it takes at once: its
     * lane follows the entry's own number from the moment it is written, up to half of what the broker's configuration
     * allows the whole mount.
     *
     * @param targets the table whose entries are targets
     * @param name of the entry, from the handle
     * @param calls under way at once, from the entry; 0: as many as the broker's configuration says. Does no I/O
     */
    <T extends Record> Leases<H> on(Table<T> targets, Function<H, String> name, ToIntFunction<T> calls);

    /**
     * Declares how several are revoked in one call.
     *
     * @param most the longest list
     * @param alike handles are put into one list only if this answers equal keys for them
     * @param revoke all or nothing: on {@link Refused} the broker tries each alone
     */
    Leases<H> revokeAll(int most, Function<H, Object> alike, Mount.Revoke<List<H>> revoke);

    /**
     * How many leases of this kind live in a target, whatever their state. Blocks; refused in a draft.
     *
     * @param target its name, as {@link #on} answers it
     */
    long live(String target);

    /** Works out a draft. */
    interface Drafter<H extends Record, A extends Record> {
        /**
         * @throws Invalid if the request can't be served, naming the field
         */
        Draft<H, A> draft(Request request);
    }

    /** Tells the target a new expiry. */
    interface Extend<H> {
        /**
         * Only later, never earlier, and never creates.
         *
         * @param expiresAt the new end, slack included
         * @throws Refused if it is absent: the lease is then revoked
         */
        void extend(H handle, Instant expiresAt, Deadline deadline) throws Exception;
    }

    /** Ends a lease whose mint may still be under way. */
    interface Settle<H> {
        /**
         * Revokes, like {@link Mount.Revoke}.
         *
         * @param mintDeadline after which the target itself refuses the mint; the margin included
         * @return true if the target vouches, under the lock that the mint takes too, that {@code mintDeadline} has
         *     passed by its own clock and no mint of this handle is open
         */
        boolean settle(H handle, Instant mintDeadline, Deadline deadline) throws Exception;
    }
}
