package io.daypass.lease;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which leases: those that match every component that is set.
 *
 * @param prefix whole segments of the issue path; empty: all
 * @param mount the id of the mount
 * @param target within the mount
 * @param kind the kind
 * @param state the state
 * @param holder the display name of the holder
 * @param parent the number of the parent; 0: any
 * @param dueBefore due before then
 * @param upTo the highest number; {@link Long#MAX_VALUE}: all
 * @param givenUp whether those are meant that an operator gave up on, instead of all others
 */
public record LeaseFilter(
        String prefix,
        @Nullable String mount,
        @Nullable String target,
        @Nullable String kind,
        @Nullable LeaseState state,
        @Nullable String holder,
        long parent,
        @Nullable Instant dueBefore,
        long upTo,
        boolean givenUp) {
    /** All leases. */
    public static final LeaseFilter ALL = new LeaseFilter("", null, null, null, null, null, 0, null, Long.MAX_VALUE);

    public LeaseFilter {
        Objects.requireNonNull(prefix, "prefix");
    }

    /** Those that nobody gave up on. */
    public LeaseFilter(
            String prefix,
            @Nullable String mount,
            @Nullable String target,
            @Nullable String kind,
            @Nullable LeaseState state,
            @Nullable String holder,
            long parent,
            @Nullable Instant dueBefore,
            long upTo) {
        this(prefix, mount, target, kind, state, holder, parent, dueBefore, upTo, false);
    }

    /** Leases whose issue path is this, or lies below it. */
    public static LeaseFilter under(String prefix) {
        return new LeaseFilter(prefix, null, null, null, null, null, 0, null, Long.MAX_VALUE);
    }

    /** Leases of this mount, and of this target if it isn't empty. */
    public static LeaseFilter in(LaneKey lane) {
        String target = lane.target().isEmpty() ? null : lane.target();
        return new LeaseFilter("", lane.mount(), target, null, null, null, 0, null, Long.MAX_VALUE);
    }

    /** Leases that hang from this parent. */
    public static LeaseFilter childrenOf(long parent) {
        return new LeaseFilter("", null, null, null, null, null, parent, null, Long.MAX_VALUE);
    }

    /** The same, no further than this number. */
    public LeaseFilter upTo(long n) {
        return new LeaseFilter(prefix, mount, target, kind, state, holder, parent, dueBefore, n, givenUp);
    }
}
