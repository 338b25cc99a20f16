package io.daypass.lease.sim;

import io.daypass.lease.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What exists whether a broker runs or not: targets, what clients were told, what they asked for. */
final class World {
    static final String FENCED = "fenced";
    static final String PLAIN = "plain";
    static final String KEYS = "keys";
    static final String TOKENS = "tokens";

    static final Terms TERMS = new Terms(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20));

    private final Scheduler scheduler;
    private final Map<String, Target> targets;
    private final Map<Long, Long> parents = new HashMap<>();
    private final Map<Long, String> mounts = new HashMap<>();
    private final Map<Long, Promise> promises = new HashMap<>();
    private final Set<Long> asked = new HashSet<>();
    private final Set<Long> sent = new HashSet<>();
    private final Set<String> unmounted = new HashSet<>();
    private @Nullable String violation;
    private long newestStoreTime;
    private boolean clockJumped;

    World(Scheduler scheduler) {
        this.scheduler = scheduler;
        long margin = TERMS.margin().toMillis();
        this.targets = Map.of(FENCED, new Target(scheduler, true, margin), PLAIN, new Target(scheduler, false, margin));
    }

    /**
     * What a client was told of a lease.
     *
     * @param until by the store's clock
     * @param atLeast by the world's clock
     */
    record Promise(long until, long atLeast) {}

    /** Notes what must not happen; thrown from a continuation it would be lost. */
    private void violate(String what) {
        violation = violation == null ? what : violation;
    }

    /** The first thing that must not have happened; null if all is well. */
    @Nullable
    String violation() {
        return violation;
    }

    /** The target of a mount; null if it has none. */
    @Nullable
    Target target(String mount) {
        return targets.get(mount);
    }

    /** The target of a mount that has one. */
    Target targetOf(long n) {
        Target target = targets.get(mounts.get(n));
        if (target == null) {
            throw new AssertionError("lease " + n + " has no target");
        }
        return target;
    }

    List<Target> targets() {
        return List.of(targetNamed(FENCED), targetNamed(PLAIN));
    }

    Target targetNamed(String mount) {
        Target target = targets.get(mount);
        if (target == null) {
            throw new AssertionError("no target is called " + mount);
        }
        return target;
    }

    /** A number was given, as none was before. */
    void drafted(long n, long parent, String mount) {
        if (parents.putIfAbsent(n, parent) != null) {
            violate("S6: number " + n + " was given twice");
        }
        mounts.put(n, mount);
    }

    String mount(long n) {
        return mounts.getOrDefault(n, "");
    }

    /** A mint is about to be sent: no two share a handle. */
    void sending(long n) {
        if (!sent.add(n)) {
            violate("S6: handle " + n + " was minted twice");
        }
    }

    void promised(long n, long until, long atLeast) {
        promises.merge(
                n,
                new Promise(until, atLeast),
                (one, other) -> new Promise(Math.max(one.until, other.until), Math.max(one.atLeast, other.atLeast)));
    }

    Map<Long, Promise> promises() {
        return promises;
    }

    /** Those that clients hold, in order. */
    List<Long> held(boolean tokens) {
        List<Long> held = new ArrayList<>();
        for (long n : promises.keySet()) {
            if (mount(n).equals(TOKENS) == tokens) {
                held.add(n);
            }
        }
        held.sort(null);
        return held;
    }

    void ask(long n) {
        asked.add(n);
    }

    void unmount(String mount) {
        unmounted.add(mount);
    }

    /** Whether its end was asked for: by name, with a parent, or with its mount. */
    boolean isAsked(long n) {
        for (long each = n; each != 0; each = parents.getOrDefault(each, 0L)) {
            if (asked.contains(each) || unmounted.contains(mount(each))) {
                return true;
            }
        }
        return false;
    }

    void storeShows(long time) {
        newestStoreTime = Math.max(newestStoreTime, time);
    }

    long newestStoreTime() {
        return newestStoreTime;
    }

    void clockJumps() {
        clockJumped = true;
    }

    boolean clockJumped() {
        return clockJumped;
    }

    Scheduler scheduler() {
        return scheduler;
    }
}
