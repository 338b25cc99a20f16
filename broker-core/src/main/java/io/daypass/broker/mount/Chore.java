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
    /** The outcome where it isn't ours to do: neither done nor failed. */
    private static final String OTHERS = "another broker, or a task that has not come back, has it in hand";

    private final MountScope scope;
    private final HostTable<T> table;
    private final Claims claims;
    private final Function<T, Optional<Instant>> due;
    private final Mount.Task<T> task;
    private final Map<String, CompletableFuture<String>> underWay = new ConcurrentHashMap<>();
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
                ? begin(name).thenApply(problem -> problem.isEmpty() ? List.of() : List.of(warning(problem)))
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

    private CompletionStage<String> begin(String name) {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> others = underWay.putIfAbsent(name, mine);
        if (others != null) {
            return others;
        }
        Duration within = scope.parts().limits().callDeadline();
        Deadline deadline = scope.deadlineIn(within);
        scope.lanes()
                .due(target(name), within, () -> scope.guard().call(() -> attempt(name, deadline)))
                .result()
                .whenComplete((problem, error) -> {
                    String text = error == null
                            ? problem
                            : String.valueOf(Stages.cause(error).getMessage());
                    if (!text.equals(OTHERS)) {
                        note(name, text);
                    }
                    underWay.remove(name);
                    mine.complete(text);
                });
        return mine;
    }

    /** On the thread that asks, since it may have the last place in the lane. */
    @Override
    public void now(String name, Deadline deadline) throws Exception {
        Drafting.refuse("Due.now");
        String problem = OTHERS;
        for (int tries = 0; problem.equals(OTHERS) && tries < MOST_TRIES; tries++) {
            problem = noted(name, deadline);
            CompletableFuture<Boolean> others = inHand.get(name);
            if (problem.equals(OTHERS) && others != null) {
                others.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        if (!problem.isEmpty()) {
            throw new Unavailable(problem);
        }
    }

    private String noted(String name, Deadline deadline) {
        try {
            String problem = scope.guard().call(() -> attempt(name, deadline));
            if (!problem.equals(OTHERS)) {
                note(name, problem);
            }
            return problem;
        } catch (EngineFailure e) {
            note(name, e.text());
            throw e;
        }
    }

    /** What went wrong; empty if nothing did. */
    private String attempt(String name, Deadline deadline) throws Exception {
        Optional<Claims.Claim> claim =
                Blocking.await(claims.take(name, deadline.at().plus(MARGIN)));
        if (claim.isEmpty()) {
            return OTHERS;
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

    private String claimed(String name, Deadline deadline) throws Exception {
        Blocking.await(table.reload(name).thenApply(read -> true));
        Optional<T> newest = table.find(name);
        if (newest.isEmpty() || !isDue(name, newest.get())) {
            return "";
        }
        task.run(name, newest.get(), deadline);
        boolean still = table.find(name).filter(entry -> isDue(name, entry)).isPresent();
        return still ? "it is as due after it was done as it was before" : "";
    }

    private void note(String name, String problem) {
        if (problem.isEmpty()) {
            failed.remove(name);
            return;
        }
        Failed now = failed.merge(name, after(1), (before, first) -> after(before.times() + 1));
        LOG.atWarn()
                .addKeyValue("mount", scope.path())
                .addKeyValue("entry", name)
                .addKeyValue("problem", problem)
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
