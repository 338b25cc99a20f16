package io.daypass.broker.mount;

import io.daypass.broker.api.Stages;
import io.daypass.broker.mount.guard.Drafting;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to the entries of a table when they are due: one task an entry at a time, whatever brokers there are, on the
 * lane of what it stands for, and always on the newest entry.
 */
final class Chore<T extends Record> implements Mount.Due {
    private static final Logger LOG = LoggerFactory.getLogger(Chore.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;
    private static final int MOST_TRIES = 5;
    /** How much longer than its deadline a task is another's: what it began last may still be under way. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final MountScope scope;
    private final HostTable<T> table;
    private final Claims claims;
    private final Function<T, Optional<Instant>> due;
    private final Mount.Task<T> task;
    private final Map<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();
    /** What is being done by this broker, on whatever thread; completes when others may do it. */
    private final Map<String, CompletableFuture<Boolean>> inHand = new ConcurrentHashMap<>();

    private final Map<String, Failed> failed = new ConcurrentHashMap<>();

    Chore(MountScope scope, HostTable<T> table, Claims claims, Function<T, Optional<Instant>> due, Mount.Task<T> task) {
        this.scope = scope;
        this.table = table;
        this.claims = claims;
        this.due = due;
        this.task = task;
    }

    private record Failed(int times, Instant notBefore) {}

    /**
     * How an attempt ended.
     *
     * @param ours whether it was ours to do; else it is neither done nor failed
     * @param problem why it isn't done; empty if it is
     */
    private record Outcome(boolean ours, String problem) {
        static final Outcome DONE = new Outcome(true, "");
        static final Outcome OTHERS =
                new Outcome(false, "another broker, or a task that has not come back, has it in hand");

        static Outcome failed(String problem) {
            return new Outcome(true, problem);
        }

        boolean done() {
            return problem.isEmpty();
        }
    }

    /** Begins with whatever is due, and is not held off because it failed just now. */
    void look() {
        Instant now = scope.now();
        Map<String, T> all = table.all();
        failed.keySet().retainAll(all.keySet());
        all.forEach((name, entry) -> {
            Failed before = failed.get(name);
            boolean heldOff = before != null && before.notBefore().isAfter(now);
            if (!heldOff && isDue(name, entry) && scope.lanes().room(target(name)) > 0) {
                begin(name);
            }
        });
    }

    /**
     * Does what is due to one entry.
     *
     * @return warnings: what went wrong, if anything
     */
    CompletionStage<List<String>> settle(String name) {
        boolean isDue = table.find(name).filter(entry -> isDue(name, entry)).isPresent();
        return isDue
                ? begin(name).thenApply(outcome -> outcome.done() ? List.of() : List.of(warning(outcome.problem())))
                : CompletableFuture.completedFuture(List.of());
    }

    private static String warning(String problem) {
        return "it is written, but what was due to it is not done yet, and is tried again: " + problem;
    }

    private boolean isDue(String name, T entry) {
        try {
            Optional<Instant> at = scope.guard().call(() -> due.apply(entry));
            return at.filter(instant -> !instant.isAfter(scope.now())).isPresent();
        } catch (EngineFailure e) {
            LOG.atError()
                    .addKeyValue("entry", name)
                    .addKeyValue("problem", e.text())
                    .log("it can't be said when an entry is due");
            return false;
        }
    }

    private CompletionStage<Outcome> begin(String name) {
        CompletableFuture<Outcome> mine = new CompletableFuture<>();
        CompletableFuture<Outcome> others = underWay.putIfAbsent(name, mine);
        if (others != null) {
            return others;
        }
        Duration within = scope.parts().limits().callDeadline();
        Deadline deadline = scope.deadlineIn(within);
        scope.lanes()
                .due(target(name), within, () -> scope.guard().call(() -> attempt(name, deadline)))
                .result()
                .whenComplete((ended, error) -> {
                    Outcome outcome = error == null
                            ? ended
                            : Outcome.failed(String.valueOf(Stages.cause(error).getMessage()));
                    if (outcome.ours()) {
                        note(name, outcome);
                    }
                    underWay.remove(name);
                    mine.complete(outcome);
                });
        return mine;
    }

    /** On the thread that asks, since it may have the last place in the lane. */
    @Override
    public void now(String name, Deadline deadline) throws Exception {
        Drafting.refuse("Due.now");
        Outcome outcome = Outcome.OTHERS;
        for (int tries = 0; !outcome.ours() && tries < MOST_TRIES; tries++) {
            outcome = noted(name, deadline);
            CompletableFuture<Boolean> others = inHand.get(name);
            if (!outcome.ours() && others != null) {
                others.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        if (!outcome.done()) {
            throw new Unavailable(outcome.problem());
        }
    }

    private Outcome noted(String name, Deadline deadline) {
        try {
            Outcome outcome = scope.guard().call(() -> attempt(name, deadline));
            if (outcome.ours()) {
                note(name, outcome);
            }
            return outcome;
        } catch (EngineFailure e) {
            note(name, Outcome.failed(e.text()));
            throw e;
        }
    }

    private Outcome attempt(String name, Deadline deadline) throws Exception {
        Optional<Claims.Claim> claim =
                Blocking.await(claims.take(name, deadline.at().plus(MARGIN)));
        if (claim.isEmpty()) {
            return Outcome.OTHERS;
        }
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        inHand.put(name, mine);
        try {
            return claimed(name, deadline);
        } finally {
            // One that can't be released runs out.
            Blocking.await(claims.release(claim.get()).exceptionally(error -> false));
            inHand.remove(name, mine);
            mine.complete(true);
        }
    }

    private Outcome claimed(String name, Deadline deadline) throws Exception {
        Blocking.await(table.reload(name).thenApply(read -> true));
        Optional<T> newest = table.find(name);
        if (newest.isEmpty() || !isDue(name, newest.get())) {
            return Outcome.DONE;
        }
        task.run(name, newest.get(), deadline);
        boolean still = table.find(name).filter(entry -> isDue(name, entry)).isPresent();
        return still ? Outcome.failed("it is as due after it was done as it was before") : Outcome.DONE;
    }

    private void note(String name, Outcome outcome) {
        if (outcome.done()) {
            failed.remove(name);
            return;
        }
        Failed now = failed.merge(name, after(1), (before, first) -> after(before.times() + 1));
        LOG.atWarn()
                .addKeyValue("mount", scope.path())
                .addKeyValue("entry", name)
                .addKeyValue("problem", outcome.problem())
                .addKeyValue("again", now.notBefore())
                .log("what was due to an entry failed; it is tried again");
    }

    private Failed after(int times) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
        return new Failed(times, scope.now().plus(wait.compareTo(LAST) < 0 ? wait : LAST));
    }

    private String target(String name) {
        return table.lane(name);
    }
}
