package io.daypass.lease;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where leases are ended: the mounts, as the reaper sees them. */
public interface Enders {
    /** How many calls this lane takes now; 0 if it is full. */
    int room(LaneKey lane);

    /** What this kind of lease can do. A kind that nobody serves any more is {@link Traits#PLAIN}. */
    Traits traits(String mount, String kind);

    /** The kinds of this mount that have no effect outside. */
    List<String> withoutEffect(String mount);

    /**
     * What this lease can be ended together with: those of one lane and one kind whose answers are equal come in one call.
     * Doesn't block; a lease that can't be read is like any other.
     */
    Object alike(Lease lease);

    /**
     * Ends these in their target; doesn't block.
     *
     * @param leases of one lane and one kind that are {@link #alike}, at most {@link Traits#list} of them
     * @param settle whether their mints may still be under way, so that the target is to be asked for its word
     * @return an answer for each, in their order; a failed stage counts as {@link Ended.Outcome#FAILED} for all
     */
    CompletionStage<List<Ended>> end(List<Lease> leases, boolean settle);

    /**
     * What a kind of lease can do.
     *
     * @param settles whether its target can vouch that a mint can't land any more
     * @param list how many are ended in one call
     */
    record Traits(boolean settles, int list) {
        /** One at a time, without the target's word. */
        public static final Traits PLAIN = new Traits(false, 1);
    }
}
