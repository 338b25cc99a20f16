package io.daypass.lease.sim;

import io.daypass.lease.Ended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A target with transactions and a fence: a mint locks its handle, then compares the deadline with the target's own
 * clock, then commits; a revocation takes the same lock. Or, without a fence, one whose calls never take longer than a
 * quarantine. Calls reach it late or never, and so do its answers.
 */
final class Target {
    /** How a mint is answered. */
    enum Answer {
        MINTED,
        REFUSED,
        UNKNOWN
    }

    private final Scheduler scheduler;
    private final boolean fenced;
    private final long margin;
    private final long skew;
    private final Map<Long, Long> creds = new HashMap<>();
    private final Set<Long> locked = new HashSet<>();
    private final Set<Long> stubborn = new HashSet<>();
    private long awayUntil;
    private boolean troubled = true;

    Target(Scheduler scheduler, boolean fenced, long margin) {
        this.scheduler = scheduler;
        this.fenced = fenced;
        this.margin = margin;
        this.skew = fenced ? scheduler.random().nextInt(-500, 500) : 0;
    }

    /** Whether that credential is there. */
    boolean holds(long handle) {
        return creds.containsKey(handle);
    }

    /** Whether one could log in with it now. */
    boolean works(long handle) {
        Long until = creds.get(handle);
        return until != null && now() < until;
    }

    Set<Long> handles() {
        return creds.keySet();
    }

    void goAway(long millis) {
        awayUntil = scheduler.now() + millis;
    }

    /** From now on nothing is lost or late. */
    void recover() {
        troubled = false;
        awayUntil = 0;
        stubborn.clear();
    }

    /** Refuses to end this one until it recovers. */
    void clingTo(long handle) {
        stubborn.add(handle);
    }

    /** A mint is sent. The answer may never come. */
    void mint(long handle, long deadline, long until, Consumer<Answer> answer) {
        if (lost()) {
            return;
        }
        scheduler.after(Life.WORLD, delay(), () -> minting(handle, deadline, until, answer));
    }

    /** Ends those it is asked to; an answer for each, or the same for all if none was ended. */
    void revoke(List<Long> handles, List<Long> deadlines, boolean settle, Consumer<List<Ended>> answer) {
        if (lost()) {
            return;
        }
        scheduler.after(Life.WORLD, delay(), () -> {
            List<Ended> ended = revoking(handles, deadlines, settle);
            reply(() -> answer.accept(ended));
        });
    }

    /** Moves the end of a credential that is there; answers whether it was. */
    void extend(long handle, long until, Consumer<Boolean> answer) {
        if (lost()) {
            return;
        }
        scheduler.after(Life.WORLD, delay(), () -> {
            if (isAway()) {
                return;
            }
            boolean there = creds.computeIfPresent(handle, (key, before) -> Math.max(before, until)) != null;
            reply(() -> answer.accept(there));
        });
    }

    private void minting(long handle, long deadline, long until, Consumer<Answer> answer) {
        if (isAway()) {
            reply(() -> answer.accept(Answer.UNKNOWN));
            return;
        }
        if (!fenced) {
            creds.put(handle, until);
            reply(() -> answer.accept(Answer.MINTED));
            return;
        }
        if (now() >= deadline) {
            reply(() -> answer.accept(Answer.UNKNOWN));
            return;
        }
        locked.add(handle);
        long open = troubled && scheduler.chance(10)
                ? scheduler.random().nextInt(20_000)
                : scheduler.random().nextInt(20);
        scheduler.after(Life.WORLD, open, () -> {
            locked.remove(handle);
            if (troubled && scheduler.chance(5)) {
                Answer rolledBack = scheduler.chance(50) ? Answer.REFUSED : Answer.UNKNOWN;
                reply(() -> answer.accept(rolledBack));
                return;
            }
            creds.put(handle, until);
            reply(() -> answer.accept(Answer.MINTED));
        });
    }

    private List<Ended> revoking(List<Long> handles, List<Long> deadlines, boolean settle) {
        List<Ended> ended = new ArrayList<>();
        boolean away = isAway() || handles.stream().anyMatch(locked::contains);
        for (int i = 0; i < handles.size(); i++) {
            long handle = handles.get(i);
            if (away) {
                ended.add(Ended.unavailable("no connection"));
            } else if (stubborn.contains(handle)) {
                ended.add(Ended.failed("it owns objects"));
            } else {
                creds.remove(handle);
                boolean vouched = fenced && settle && now() >= deadlines.get(i) + margin;
                ended.add(vouched ? Ended.VOUCHED : Ended.GONE);
            }
        }
        return ended;
    }

    private void reply(Runnable answer) {
        if (!lost()) {
            scheduler.after(Life.WORLD, delay(), answer);
        }
    }

    private boolean lost() {
        return troubled && scheduler.chance(4);
    }

    /** Mostly short; sometimes longer than anybody waits, but without a fence never as long as a quarantine. */
    private long delay() {
        if (!troubled || !scheduler.chance(6)) {
            return scheduler.random().nextInt(30);
        }
        return scheduler.random().nextInt(fenced ? 120_000 : 20_000);
    }

    private boolean isAway() {
        return scheduler.now() < awayUntil;
    }

    private long now() {
        return scheduler.now() + skew;
    }
}
