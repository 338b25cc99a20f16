package io.daypass.broker.mount.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one mount: one a target, and one for all else. Each does a bounded number of calls at once (its target's
 * own, where it has one) and lets a fixed number wait; above them is a bound on the calls of the whole mount. So a target that hangs holds up nobody else.
 *
 * <p>Calls of one lane start in the order in which they came, but that what is asked for and what is due take turns. A
 * call that misses its deadline is given up by whoever waits for it; its place is free when its code has returned.
 */
public final class Lanes {
    /** The lane of those who ask without a token: the name of no target, since no entry's name holds a colon. */
    public static final String STRANGERS = ":strangers";

    private final LaneLimits limits;
    private final Threads threads;
    private final Object lock = new Object();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, Integer> own = new HashMap<>();
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private int underWay;
    private boolean closed;

    /**
     * @param limits how much at once
     * @param threads to run it on
     */
    public Lanes(LaneLimits limits, Threads threads) {
        this.limits = limits;
        this.threads = threads;
    }

    /**
     * Takes a place, so that what is written down before a call is never written in vain.
     *
     * @param target empty: the mount itself
     * @return empty if the lane is full, or closed
     */
    public Optional<Place> reserve(String target) {
        synchronized (lock) {
            Lane lane = lane(target);
            if (lane.waitingAsked() >= limits.queue()) {
                lane.sweep();
            }
            if (closed || lane.waitingAsked() >= limits.queue()) {
                forget(lane);
                return Optional.empty();
            }
            lane.reserved++;
            return Optional.of(new Place(lane));
        }
    }

    /**
     * Puts due work into a lane, where {@link #room} says how much is welcome.
     *
     * @param within from now
     */
    public <A> Running<A> due(String target, Duration within, Callable<A> work) {
        Job<?, A> job = Job.alone(Side.DUE, work);
        synchronized (lock) {
            submit(lane(target), job, within);
        }
        return new Running<>(job.result, job.returned);
    }

    /** How many due calls this lane takes now: twice as many as it does at once, so that it never idles. */
    public int room(String target) {
        synchronized (lock) {
            Lane lane = lanes.get(target);
            if (closed || lane == null) {
                return closed ? 0 : 2 * calls(target);
            }
            lane.sweep();
            return Math.max(0, 2 * lane.calls - lane.waitingDue() - lane.dueUnderWay);
        }
    }

    /**
     * Gives a target's lane a number of calls of its own, from now on; what is under way goes on.
     *
     * @param own 0: it has none, the common one holds
     */
    public void calls(String target, int own) {
        synchronized (lock) {
            if (own > 0) {
                this.own.put(target, own);
            } else {
                this.own.remove(target);
            }
            Lane lane = lanes.get(target);
            if (lane != null) {
                lane.calls = calls(target);
                makeReady(lane);
                startReady();
            }
        }
    }

    private int calls(String target) {
        return limits.callsFor(own.getOrDefault(target, 0));
    }

    private Lane lane(String target) {
        return lanes.computeIfAbsent(target, named -> new Lane(named, calls(named)));
    }

    /**
     * Takes no more.
     *
     * @return completes when the last call has returned
     */
    public CompletionStage<Void> close() {
        synchronized (lock) {
            closed = true;
            checkDrained();
            return drained;
        }
    }

    /** How full the lanes are. */
    public List<Load> loads() {
        synchronized (lock) {
            List<Load> loads = new ArrayList<>();
            for (Lane lane : lanes.values()) {
                loads.add(new Load(lane.target, lane.underWay, lane.waitingAsked() + lane.waitingDue()));
            }
            return loads;
        }
    }

    /**
     * How full a lane is.
     *
     * @param target empty: the mount itself
     * @param underWay calls that have not returned
     * @param waiting calls that have not started
     */
    public record Load(String target, int underWay, int waiting) {}

    /** A place in a lane, to be used or given back. */
    public final class Place {
        private final Lane lane;
        private boolean used;

        private Place(Lane lane) {
            this.lane = lane;
        }

        /**
         * Puts work there.
         *
         * @param within from now
         */
        public <A> Running<A> run(Duration within, Callable<A> work) {
            return use(Job.alone(Side.ASKED, work), within);
        }

        /** Puts work there that may be done together with other work of an equal group. */
        public <I, A> Running<A> run(Duration within, Group<I, A> group, I item) {
            return use(Job.grouped(Side.ASKED, group, item), within);
        }

        private <A> Running<A> use(Job<?, A> job, Duration within) {
            synchronized (lock) {
                leave();
                submit(lane, job, within);
            }
            return new Running<>(job.result, job.returned);
        }

        /** Gives it back; does nothing if it was used. */
        public void giveBack() {
            synchronized (lock) {
                if (!used) {
                    leave();
                    forget(lane);
                    checkDrained();
                }
            }
        }

        private void leave() {
            if (used) {
                throw new IllegalStateException("a place in a lane is used once");
            }
            used = true;
            lane.reserved--;
        }
    }

    private void submit(Lane lane, Job<?, ?> job, Duration within) {
        lane.add(job);
        job.stopTimer(threads.after(within, job::expire));
        makeReady(lane);
        startReady();
    }

    private void startReady() {
        for (Next next = next(); next != null; next = next()) {
            start(next);
        }
    }

    private void start(Next next) {
        try {
            threads.run(() -> work(next));
        } catch (RejectedExecutionException e) {
            next.jobs.forEach(each -> each.abandon(e));
            finish(next);
        }
    }

    private void work(Next first) {
        Next next = first;
        while (next != null) {
            Job.run(next.jobs);
            synchronized (lock) {
                finish(next);
                next = next();
            }
        }
    }

    /** Work that may start now. At any time either there is none, or the mount does as much as it may. */
    private @Nullable Next next() {
        while (underWay < limits.mountCalls()) {
            Lane lane = ready.poll();
            if (lane == null) {
                return null;
            }
            lane.ready = false;
            List<Job<?, ?>> jobs = lane.take();
            if (jobs != null) {
                underWay++;
                makeReady(lane);
                return new Next(lane, jobs);
            }
            forget(lane);
            checkDrained();
        }
        return null;
    }

    private void makeReady(Lane lane) {
        if (!lane.ready && lane.hasWork() && lane.underWay < lane.calls) {
            lane.ready = true;
            ready.add(lane);
        }
    }

    private void finish(Next done) {
        underWay--;
        done.lane.underWay--;
        if (done.jobs.get(0).side == Side.DUE) {
            done.lane.dueUnderWay--;
        }
        makeReady(done.lane);
        forget(done.lane);
        checkDrained();
    }

    private void forget(Lane lane) {
        if (lane.isIdle()) {
            lanes.remove(lane.target, lane);
        }
    }

    private void checkDrained() {
        if (closed && lanes.values().stream().allMatch(Lane::isIdle)) {
            drained.complete(null);
        }
    }

    private record Next(Lane lane, List<Job<?, ?>> jobs) {}
}
