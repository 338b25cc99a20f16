package io.daypass.broker.mount.lane;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes work that waits in the same lane one call: jobs of equal groups are taken out together.
 *
 * @param <I> one job's item
 * @param <A> one job's answer
 */
public final class Group<I, A> {
    private final Object owner;
    private final Object key;
    private final int most;
    private final Together<I, A> together;

    /**
     * @param owner groups of different owners are different
     * @param key groups of different keys are different
     * @param most the longest list
     * @param together does it
     */
    public Group(Object owner, Object key, int most, Together<I, A> together) {
        this.owner = Objects.requireNonNull(owner, "owner");
        this.key = Objects.requireNonNull(key, "key");
        this.most = most;
        this.together = Objects.requireNonNull(together, "together");
    }

    int most() {
        return most;
    }

    void run(List<Item<I, A>> items) {
        together.run(items);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Group<?, ?> group && owner == group.owner && key.equals(group.key);
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(owner) + key.hashCode();
    }

    /**
     * One job's item, and where its answer goes.
     *
     * @param value the item
     * @param answer to be completed, or failed
     */
    public record Item<I, A>(I value, CompletableFuture<A> answer) {}

    /** Does several jobs in one call. */
    @FunctionalInterface
    public interface Together<I, A> {
        /** Does them, and completes or fails the answer of each; what it leaves open fails. */
        void run(List<Item<I, A>> items);
    }
}
