package io.daypass.broker.mount.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for one target, and how much of it is under way. Guarded by the lock of its {@link Lanes}. */
final class Lane {
    final String target;
    int calls;
    private final ArrayDeque<Job<?, ?>> asked = new ArrayDeque<>();
    private final ArrayDeque<Job<?, ?>> due = new ArrayDeque<>();
    private Side turn = Side.ASKED;
    int reserved;
    int underWay;
    int dueUnderWay;
    boolean ready;

    /** @param calls how many it does at once */
    Lane(String target, int calls) {
        this.target = target;
        this.calls = calls;
    }

    void add(Job<?, ?> job) {
        (job.side == Side.ASKED ? asked : due).add(job);
    }

    /** The next job, or the next list of jobs of one group; null if none waits. */
    @Nullable
    List<Job<?, ?>> take() {
        Job<?, ?> first = first();
        if (first == null) {
            return null;
        }
        List<Job<?, ?>> taken = new ArrayList<>();
        taken.add(first);
        if (first.group() != null) {
            gather(first.side == Side.ASKED ? asked : due, first.group(), taken);
        }
        if (first.side == Side.DUE) {
            dueUnderWay++;
        }
        underWay++;
        return taken;
    }

    private @Nullable Job<?, ?> first() {
        while (hasWork()) {
            boolean ask = due.isEmpty() || (turn == Side.ASKED && !asked.isEmpty());
            turn = ask ? Side.DUE : Side.ASKED;
            Job<?, ?> job = (ask ? asked : due).remove();
            if (job.start()) {
                return job;
            }
        }
        return null;
    }

    private static void gather(ArrayDeque<Job<?, ?>> queue, Group<?, ?> group, List<Job<?, ?>> into) {
        Iterator<Job<?, ?>> waiting = queue.iterator();
        while (waiting.hasNext() && into.size() < group.most()) {
            Job<?, ?> job = waiting.next();
            if (group.equals(job.group())) {
                waiting.remove();
                if (job.start()) {
                    into.add(job);
                }
            }
        }
    }

    /** Forgets what will never be done, so that it takes no place. */
    void sweep() {
        asked.removeIf(Job::isDropped);
        due.removeIf(Job::isDropped);
    }

    boolean hasWork() {
        return !asked.isEmpty() || !due.isEmpty();
    }

    int waitingAsked() {
        return asked.size() + reserved;
    }

    int waitingDue() {
        return due.size();
    }

    boolean isIdle() {
        return underWay == 0 && reserved == 0 && !hasWork();
    }
}
