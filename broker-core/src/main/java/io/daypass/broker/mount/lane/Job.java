package io.daypass.broker.mount.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One piece of work, from when it waits until its code has returned. */
final class Job<I, A> {
    private enum State {
        WAITING,
        STARTED,
        DROPPED
    }

    final Side side;
    final CompletableFuture<A> result = new CompletableFuture<>();
    final CompletableFuture<A> returned = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final @Nullable Callable<A> alone;
    private final @Nullable Group<I, A> group;
    private final @Nullable I item;

    private Job(Side side, @Nullable Callable<A> alone, @Nullable Group<I, A> group, @Nullable I item) {
        this.side = side;
        this.alone = alone;
        this.group = group;
        this.item = item;
        CompletionStage<A> over = returned;
        over.whenComplete((answer, error) -> {
            if (error == null) {
                result.complete(answer);
            } else {
                result.completeExceptionally(error);
            }
        });
    }

    static <A> Job<Void, A> alone(Side side, Callable<A> work) {
        return new Job<>(side, work, null, null);
    }

    static <I, A> Job<I, A> grouped(Side side, Group<I, A> group, I item) {
        return new Job<>(side, null, group, item);
    }

    /** Ends the wait at the deadline: what has not been started never will be. */
    void expire() {
        boolean dropped = state.compareAndSet(State.WAITING, State.DROPPED);
        result.completeExceptionally(new LateException(!dropped));
    }

    void stopTimer(Future<?> timer) {
        CompletionStage<A> over = result;
        over.whenComplete((answer, error) -> timer.cancel(false));
    }

    /** False if its deadline came first. */
    boolean start() {
        return state.compareAndSet(State.WAITING, State.STARTED);
    }

    boolean isDropped() {
        return state.get() == State.DROPPED;
    }

    void abandon(Throwable error) {
        returned.completeExceptionally(error);
    }

    @Nullable
    Group<I, A> group() {
        return group;
    }

    /** Does these, which were all started and are of one group, or one alone. */
    static void run(List<Job<?, ?>> jobs) {
        Job<?, ?> first = jobs.get(0);
        if (first.group == null) {
            first.runAlone();
        } else {
            first.runGroup(jobs);
        }
    }

    private void runAlone() {
        try {
            returned.complete(Objects.requireNonNull(alone).call());
        } catch (Throwable e) {
            returned.completeExceptionally(e);
        }
    }

    // The jobs are of equal groups, and a group's owner makes items and answers of one type.
    @SuppressWarnings("unchecked")
    private void runGroup(List<Job<?, ?>> jobs) {
        List<Group.Item<I, A>> items = new ArrayList<>(jobs.size());
        for (Job<?, ?> each : jobs) {
            Job<I, A> job = (Job<I, A>) each;
            items.add(new Group.Item<>(Objects.requireNonNull(job.item), job.returned));
        }
        Throwable left = new IllegalStateException("a group left a job without an answer");
        try {
            Objects.requireNonNull(group).run(items);
        } catch (Throwable e) {
            left = e;
        }
        for (Group.Item<I, A> item : items) {
            item.answer().completeExceptionally(left);
        }
    }
}
