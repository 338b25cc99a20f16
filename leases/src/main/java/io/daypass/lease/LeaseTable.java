package io.daypass.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What a store must do for leases. Nothing here blocks. Every change is one commit that names the state it starts from,
 * completes after it is durable, and appends its event in the same commit; what it answers says whether the race was won.
 * A stage that fails leaves the outcome unknown: it counts as not done, and nothing may be minted on it.
 */
public interface LeaseTable {
    /**
     * A number never given before, from a block that was moved durably before this answers. Doesn't wait.
     *
     * @throws StoreException if the block is used up faster than the next one could be written
     */
    long next();

    /**
     * Inserts a {@link LeaseState#PENDING} row, due at its mint deadline, if parent, mount and target are live.
     */
    CompletionStage<Admission> begin(NewLease lease);

    /**
     * Inserts an {@link LeaseState#ACTIVE} row, due at its end or when it has lingered: for what has no effect outside, one
     * durable write.
     *
     * @param slack added to {@code expiresAt} for when it is due
     */
    CompletionStage<Admission> issue(NewLease lease, Duration slack);

    /**
     * PENDING to ACTIVE, with the mint over, if parent, mount and target are live.
     *
     * @return false: the row is PENDING no more, or it has expired, or something it needs has ended. If it is still
     *     there it is REVOKING, with the mint over and due at once
     */
    CompletionStage<Boolean> activate(long n, Duration slack);

    /**
     * PENDING to REVOKING, due at once. Of a row that is REVOKING already only {@code mintOver} is written, if it is true.
     *
     * @param mintOver whether the target itself answered that nothing is left
     * @return false: it was PENDING no more
     */
    CompletionStage<Boolean> mintFailed(long n, boolean mintOver, String error);

    /**
     * Says that a mint that was given up has returned after all: the mint is over, and the row due at once. A row that is
     * still PENDING is REVOKING then.
     *
     * @return false: there is no such row, or its mint was known to be over
     */
    CompletionStage<Boolean> mintReturned(long n);

    /**
     * Moves the end of an ACTIVE row that has not expired by the store's clock; never earlier.
     *
     * @return false: it is not ACTIVE, has expired, or ends later already
     * @throws IllegalArgumentException in the stage, if it would end after its own maximum
     */
    CompletionStage<Boolean> renew(long n, Instant expiresAt, Duration slack);

    /**
     * Takes one of the uses that an ACTIVE row has left; the last one leaves it at -1. The one change without an event.
     *
     * @return how many are left after this one, {@link Long#MAX_VALUE} if they aren't counted; empty if there was none to
     *     take, or the row isn't ACTIVE or has expired
     */
    CompletionStage<OptionalLong> use(long n);

    /**
     * PENDING or ACTIVE to REVOKING, due at once; with a serial to be listed, if it has one and that was not its expiry. A
     * lease that has expired and lingers lets go of a parent that has expired too, instead of ending with it.
     *
     * @return false: it was neither
     */
    CompletionStage<Boolean> revoke(long n, Cause cause);

    /**
     * The same for all that match, in chunks, tokens first.
     *
     * @return how many
     */
    CompletionStage<Long> revoke(LeaseFilter filter, Cause cause);

    /**
     * Gives up on the rows that match and are ending: they are no longer among those that a filter finds unless it asks
     * for them, and don't keep a mount or a target from being removed. They stay, and are tried again as before.
     *
     * @return how many
     */
    CompletionStage<Long> giveUp(LeaseFilter filter);

    /**
     * Lets the rows of one mount that hang from this parent hang from nobody any more.
     *
     * @return how many
     */
    CompletionStage<Long> orphan(long parent, String mount);

    /**
     * Marks due rows of one lane, oldest first, as taken: REVOKING, due again after {@code claim}. Rows of a kind in
     * {@code withoutEffect} that have expired and are no row's parent are removed instead, and counted in the answer. It
     * looks at a small portion of what is due, so that other changes don't wait long; the answer says if there is more.
     *
     * @param limit at most so many are taken
     * @param withoutEffect kinds of the lane's mount that call nothing when they expire
     */
    CompletionStage<Claimed> claim(LaneKey lane, int limit, Duration claim, List<String> withoutEffect);

    /**
     * Gives claimed rows back, due again at {@code dueAt}; no attempt is counted. A row that something else has made due
     * at once meanwhile (its last child went, its mint returned) stays so.
     */
    CompletionStage<Void> release(List<Long> numbers, Instant dueAt);

    /** Writes down that ending these failed: one more attempt each, due again at their instant. */
    CompletionStage<Void> failed(Map<Long, Instant> dueAt, String error);

    /**
     * Writes down that these hold nothing any more as far as can be seen, but are kept until {@code dueAt} to be sure,
     * with a text that says so in place of an error. A row whose mint is known to be over by now is due at once instead.
     */
    CompletionStage<Void> wait(Map<Long, Instant> dueAt);

    /**
     * Removes REVOKING rows that no row names as parent; a parent that waited for the last of these is due at once.
     *
     * @param sureOf of which the target itself vouched, or whose quarantine was over before they were ended for the last
     *     time; the others go only if their mint is over
     * @return those removed
     */
    CompletionStage<List<Long>> remove(List<Long> numbers, List<Long> sureOf);

    /** The lanes that have rows, each with the earliest instant at which one of them is due. */
    CompletionStage<Map<LaneKey, Instant>> due();

    /** The row of that number, if there is one. */
    CompletionStage<Optional<Lease>> find(long n);

    /** The number of the row with that alias. */
    CompletionStage<OptionalLong> findAlias(Bytes tag);

    /**
     * Rows that match, in order of their numbers.
     *
     * @param after only numbers above this one
     * @param limit at most so many
     */
    CompletionStage<List<Lease>> list(LeaseFilter filter, long after, int limit);

    /** How many rows match. */
    CompletionStage<Long> count(LeaseFilter filter);

    /** The sources that have, or had, leases. */
    CompletionStage<List<Source>> sources();

    /** Lets no lease begin or become active in this mount, or this target of it, any more. Durable. */
    CompletionStage<Void> close(LaneKey lane);

    /** Takes back {@link #close}, or forgets it once nothing is left there. */
    CompletionStage<Void> open(LaneKey lane);

    /**
     * The numbers of what a mount makes, after those given before.
     *
     * @return once the first block of them is moved
     */
    CompletionStage<Serials> serials(String mount);

    /**
     * The serials of the leases of this mount and kind that were ended before their time and are still listed, ascending.
     * A lease is among them from the commit on that ends it.
     *
     * @param now those listed until later than this
     */
    CompletionStage<long[]> listed(String mount, String kind, Instant now);

    /** What is closed. */
    CompletionStage<List<LaneKey>> closed();
}
