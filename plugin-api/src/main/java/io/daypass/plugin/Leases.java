package io.daypass.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * One kind of lease. Declared by {@link Mount#leases}; every declaring method answers itself. What it watches is the rows
 * of its leases.
 */
public interface Leases<H extends Record> extends Watchable {
    /**
     * Declares a path that issues a lease: GET or POST.
     *
     * @param path such as {@code creds/{role}}
     * @param answer what the caller gets as {@code data}
     * @param draft without I/O; may be run again
     */
    <A extends Record> Leases<H> issue(String path, Class<A> answer, Drafter<H, A> draft);

    /**
     * Declares a path that issues a lease for parameters: POST.
     *
     * @param path such as {@code sign/{role}}
     * @param params the record that the request's body is bound to; {@code ttl} is read besides it
     * @param answer what the caller gets as {@code data}
     * @param draft without I/O; may be run again
     */
    <P extends Record, A extends Record> Leases<H> issue(
            String path, Class<P> params, Class<A> answer, DrafterWith<P, H, A> draft);

    /**
     * Says that this kind has no effect outside of the broker: it costs one durable write, its mint step only computes
     * (it must not block, and says so if it is {@linkplain Draft#slowly slow}), and its natural expiry calls nothing.
     */
    Leases<H> withoutEffect();

    /**
     * Lets the handle hold secrets. For what the broker itself goes on using, such as a key that signs: the handle is sealed
     * in the lease's row, and gone with it.
     */
    Leases<H> keepsSecrets();

    /**
     * Keeps the row of a lease that has expired until later, so that {@link #each} and {@link #find} still find it. It can
     * be revoked like any other; it ends with its token only if that is revoked. For kinds without effect, whose
     * leases can't be renewed.
     *
     * @param until from the handle, as it was drafted
     */
    Leases<H> lingers(Function<H, Instant> until);

    /**
     * Puts the serial of each lease that ends before its time on a list, in the very commit that ends it. For
     * kinds without effect.
     *
     * @param serial what {@link Request#serial} answered to the draft
     * @param until when the credential would have ended by itself, the clocks of hosts considered; it is dropped from the
     *     list then
     */
    Leases<H> listed(ToLongFunction<H> serial, Function<H, Instant> until);

    /**
     * Says who gave the serials of what is {@linkplain #listed listed}, in the words of those who log them beside the
     * serial: the fingerprint of a CA's key, say. Whoever saw both is led to this lease, and to none of the same serial
     * that another gave.
     *
     * @param name from the handle; empty: nobody that is told
     */
    Leases<H> issuer(Function<H, String> name);

    /**
     * Says what whoever revokes a lease by its id is told as a warning.
     *
     * @param warning from the handle; empty: nothing
     */
    Leases<H> endingWarns(Function<H, Optional<String>> warning);

    /** Declares how the target is told a new expiry. It is told before the lease has it. */
    Leases<H> extend(Extend<H> extend);

    /** Declares how a mint of unknown outcome is ended, with the target's own word on whether it can still land. */
    Leases<H> settle(Settle<H> settle);

    /**
     * Says which leases live where nothing can vouch for them, because there is neither a transaction nor a lock that a mint
     * could be held against: no waiting is long enough to know that it can't land any more. What is minted for such a lease
     * must end by the deadline of its mint, where the target itself enforces an end. So what lands late is of no use to
     * anybody. The row of a mint whose outcome is unknown is kept for a quarantine, and revoked once more after it.
     *
     * @param which from the handle. Does no I/O
     * @param lengthen tells the target the true end, once the lease is active and before anybody is told of it; it has
     *     what is left of the mint's deadline. Fails it, the lease is revoked
     */
    Leases<H> unfenced(Predicate<H> which, Extend<H> lengthen);

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
     * Declares a path that answers what in a target bears a broker's mark and has no lease here: GET. It is for an operator
     * who looks for what was left behind (a store that was restored, an end that was given up); it ends nothing.
     *
     * @param path such as {@code orphans/{connection}}: the name of the target is its only variable, if it has one
     * @param name what a credential is called in its target, from the handle: as {@link Request#name} made it
     * @param list asks the target
     */
    Leases<H> list(String path, Function<H, String> name, ListIn list);

    /**
     * How many leases of this kind live in a target, whatever their state. Blocks; refused in a draft.
     *
     * @param target its name, as {@link #on} answers it
     */
    long live(String target);

    /**
     * Changes something about a target while no lease lives there and none can begin: for what handles keep of their
     * target, which nobody must draft by once it is another. Blocks; refused in a draft.
     *
     * @param target its name, as {@link #on} answers it
     * @param change made only if no lease lives there; may write to tables
     * @return how many leases live there, of any kind and state
     */
    long ifNoneLives(String target, Runnable change);

    /**
     * Hands over the handle of every lease that is live or {@linkplain #lingers lingers}, in the order of their issue, as
     * they are found in the store; any number. Blocks; refused in a draft.
     *
     * @param path under which they were issued, such as {@code creds/web}; empty: any
     */
    void each(String path, Consumer<H> each);

    /**
     * The handle of a lease that is live or lingers. Blocks; refused in a draft.
     *
     * @param number as {@link Request#leaseNumber} answered it to the draft
     */
    Optional<H> find(long number);

    /**
     * Ends a live lease because it was used. Durable when it answers. Blocks; refused in a draft.
     *
     * @return whether it was live; of several callers, one is told so
     */
    boolean spend(long number);

    /** The list of what ended before its time; empty unless this kind is {@linkplain #listed listed}. */
    Revoked revoked();

    /** Works out a draft. */
    interface Drafter<H extends Record, A extends Record> {
        /**
         * @throws Invalid if the request can't be served, naming the field
         */
        Draft<H, A> draft(Request request);
    }

    /** Works out a draft from parameters. */
    interface DrafterWith<P extends Record, H extends Record, A extends Record> {
        /**
         * @param params from the request's body
         * @throws Invalid if the request can't be served, naming the field
         */
        Draft<H, A> draft(Request request, P params);
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

    /** Lists what there is in a target. */
    interface ListIn {
        /**
         * All of it, or an error: what is not listed is taken for gone.
         *
         * @param target its name; empty where the path has no variable
         * @return names; those of others, which {@link Request#name} hasn't made, may be among them
         */
        List<String> list(String target, Deadline deadline) throws Exception;
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
