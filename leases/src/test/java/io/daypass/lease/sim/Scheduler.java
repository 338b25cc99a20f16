package io.daypass.lease.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** Owns time, chance, and every continuation: of all that could run next, the seed picks one. */
final class Scheduler {
    private final SplittableRandom random;
    private final List<Task> ready = new ArrayList<>();
    private final PriorityQueue<Timed> timed =
            new PriorityQueue<>(Comparator.comparingLong(Timed::at).thenComparingLong(Timed::order));
    private long now = 1_000_000_000_000L;
    private long order;
    private long trace = 17;

    Scheduler(long seed) {
        this.random = new SplittableRandom(seed);
    }

    SplittableRandom random() {
        return random;
    }

    /** True as often as this, of a hundred times. */
    boolean chance(double percent) {
        return random.nextDouble(100) < percent;
    }

    /** The world's time in milliseconds. */
    long now() {
        return now;
    }

    /** A number that two runs share only if they took the same steps. */
    long trace() {
        return trace;
    }

    /** Runs something soon, before or after whatever else could run. */
    void soon(Life life, Runnable work) {
        ready.add(new Task(life, work));
    }

    /** Runs something after so many milliseconds, at the earliest. */
    void after(Life life, long millis, Runnable work) {
        timed.add(new Timed(now + millis, order++, new Task(life, work)));
    }

    /** An executor that runs one thing at a time, in order. */
    Executor inOrder(Life life) {
        Deque<Runnable> queue = new ArrayDeque<>();
        return work -> {
            queue.add(work);
            if (queue.size() == 1) {
                soon(life, () -> runFirst(life, queue));
            }
        };
    }

    /** Takes one step. False: there is nothing to do any more. */
    boolean step() {
        ready.removeIf(task -> task.life.isOver());
        List<Task> able =
                ready.stream().filter(task -> !task.life.isStopped(now)).toList();
        if (able.isEmpty() || (!timed.isEmpty() && chance(1))) {
            return pass();
        }
        int picked = random.nextInt(able.size());
        Task task = able.get(picked);
        ready.remove(task);
        now += random.nextInt(3);
        trace = trace * 31 + now * 7 + picked;
        task.work.run();
        return true;
    }

    private boolean pass() {
        Timed next = timed.poll();
        if (next == null) {
            // Whoever is stopped goes on by itself.
            now += 100;
            return !ready.isEmpty();
        }
        now = Math.max(now, next.at);
        if (!next.task.life.isOver()) {
            ready.add(next.task);
        }
        return true;
    }

    private void runFirst(Life life, Deque<Runnable> queue) {
        queue.element().run();
        queue.remove();
        if (!queue.isEmpty()) {
            soon(life, () -> runFirst(life, queue));
        }
    }

    /** Identity counts: two tasks are never the same. */
    private static final class Task {
        private final Life life;
        private final Runnable work;

        Task(Life life, Runnable work) {
            this.life = life;
            this.work = work;
        }
    }

    private record Timed(long at, long order, Task task) {}
}
