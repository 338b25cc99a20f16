package io.daypass.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The due work of one lane. It gathers what is due in portions, ends it with as many calls as the lane has room for, and
 * gathers again when none of the last is waiting any more; until nothing is due, the lane is full, or its target is away.
 */
final class LaneWork {
    /** How soon a lane that is at work, or has no room, is looked at again. */
    private static final Duration SOON = Duration.ofMillis(100);

    private static final int PORTION = 64;
    private static final Logger LOG = LoggerFactory.getLogger(LaneWork.class);

    private final LaneKey lane;
    private final LeaseTable table;
    private final StoreClock clock;
    private final Enders enders;
    private final Duration claim;
    private final Aftermath aftermath;
    private final Cascade cascade;
    private final Breaker breaker;

    /**
     * Those in somebody's hands; one that is claimed again meanwhile is left to itself. They go from here before what came
     * of them is written: a row that the write makes due at once may be claimed before the write's answer is heard.
     */
    private final Set<Long> underWay = new HashSet<>();

    /** What was claimed and is in no call yet; belongs to whoever is claiming. */
    private final Gathering gathering;

    private final Deque<Call> waiting = new ArrayDeque<>();
    private boolean claiming;
    private boolean more;
    private boolean stopped;

    LaneWork(
            LaneKey lane,
            LeaseTable table,
            StoreClock clock,
            Enders enders,
            Duration claim,
            Aftermath aftermath,
            Cascade cascade,
            Breaker breaker) {
        this.lane = lane;
        this.table = table;
        this.clock = clock;
        this.enders = enders;
        this.claim = claim;
        this.aftermath = aftermath;
        this.cascade = cascade;
        this.breaker = breaker;
        this.gathering = new Gathering(enders);
    }

    /**
     * Begins, or goes on, with what is due.
     *
     * @return how soon to look at this lane again
     */
    Duration start() {
        synchronized (this) {
            more = true;
        }
        pump();
        OpenBreaker open = breaker.open();
        Duration probe = open == null ? SOON : clock.until(open.probeAt());
        return probe.compareTo(SOON) > 0 ? probe : SOON;
    }

    /** Takes nothing more and gives back what was not tried yet; calls under way come to their end. */
    void stop() {
        synchronized (this) {
            stopped = true;
        }
        giveBack();
    }

    @Nullable
    OpenBreaker open() {
        return breaker.open();
    }

    private void pump() {
        int room = enders.room(lane);
        List<String> withoutEffect = enders.withoutEffect(lane.mount());
        List<Call> ready = new ArrayList<>();
        int limit = 0;
        synchronized (this) {
            while (ready.size() < room && !waiting.isEmpty()) {
                ready.add(waiting.remove());
            }
            if (more && waiting.isEmpty() && !claiming && !stopped && ready.size() < room) {
                limit = Math.min(PORTION, breaker.allowed(clock.instant()));
                claiming = limit > 0;
            }
        }
        ready.forEach(this::run);
        if (limit > 0) {
            claim(limit, withoutEffect);
        }
    }

    private void claim(int limit, List<String> withoutEffect) {
        breaker.taken();
        table.claim(lane, limit, claim, withoutEffect)
                .whenComplete((claimed, failure) -> claimed(claimed, withoutEffect));
    }

    private void claimed(@Nullable Claimed claimed, List<String> withoutEffect) {
        if (claimed == null) {
            // The writer has said so in the log. The next look tries again.
            synchronized (this) {
                more = false;
            }
            breaker.untried();
            gathered();
            return;
        }
        List<Long> parents = new ArrayList<>();
        List<Lease> childless = new ArrayList<>();
        synchronized (this) {
            more = claimed.more();
            Set<Long> withChildren = new HashSet<>(claimed.parents());
            for (Lease lease : claimed.leases()) {
                if (underWay.add(lease.n())) {
                    if (withChildren.contains(lease.n())) {
                        parents.add(lease.n());
                    } else {
                        childless.add(lease);
                    }
                }
            }
        }
        if (childless.isEmpty()) {
            breaker.untried();
        }
        gather(childless);
        if (!parents.isEmpty()) {
            cascade.end(parents).whenComplete((done, failed) -> finished(parents));
        }
        if (isMoreToGather()) {
            claim(PORTION, withoutEffect);
        } else {
            gathered();
        }
    }

    /** A lane that nothing holds back takes more before it begins, so that more can be ended together. */
    private synchronized boolean isMoreToGather() {
        return more && !stopped && !gathering.isEnough() && breaker.allowed(clock.instant()) >= PORTION;
    }

    private void gathered() {
        List<Call> calls = gathering.calls();
        boolean over;
        synchronized (this) {
            waiting.addAll(calls);
            claiming = false;
            over = stopped;
        }
        if (over) {
            giveBack();
        } else {
            pump();
        }
    }

    private void gather(List<Lease> leases) {
        try {
            gathering.add(leases);
        } catch (RuntimeException e) {
            // They stay claimed in the table, and come due again when the claim lapses.
            LOG.atError()
                    .addKeyValue("mount", lane.mount())
                    .setCause(e)
                    .log("leases that are due could not be sorted into calls");
            finished(leases.stream().map(Lease::n).toList());
            breaker.untried();
        }
    }

    private void run(Call call) {
        Instant began = clock.instant();
        end(call).whenComplete((answers, failure) -> answered(call, began, checked(call, answers, failure)));
    }

    private CompletionStage<List<Ended>> end(Call call) {
        try {
            return enders.end(call.leases(), call.settle());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<Ended> checked(Call call, @Nullable List<Ended> answers, @Nullable Throwable failure) {
        int asked = call.leases().size();
        if (answers != null && answers.size() == asked) {
            return answers;
        }
        LOG.atError()
                .addKeyValue("mount", lane.mount())
                .addKeyValue("target", lane.target())
                .setCause(failure)
                .log("ending leases failed in a way that it must not");
        String error = answers == null
                ? "ending it failed inside the broker; its log has more"
                : asked + " were to be ended, " + answers.size() + " answers came";
        return call.leases().stream().map(lease -> Ended.failed(error)).toList();
    }

    private void answered(Call call, Instant began, List<Ended> answers) {
        tellBreaker(answers);
        finished(call.numbers());
        aftermath.write(call, began, answers).whenComplete((done, failed) -> pump());
    }

    private void tellBreaker(List<Ended> answers) {
        for (Ended each : answers) {
            if (each.outcome() == Ended.Outcome.UNAVAILABLE) {
                if (breaker.open() == null) {
                    LOG.atWarn()
                            .addKeyValue("mount", lane.mount())
                            .addKeyValue("target", lane.target())
                            .addKeyValue("error", each.error())
                            .log("a target is away: its leases wait, one at a time is tried");
                }
                breaker.unavailable(clock.instant(), each.error());
                giveBack();
                return;
            }
        }
        if (answers.stream().allMatch(each -> each.outcome() == Ended.Outcome.BUSY)) {
            breaker.untried();
            return;
        }
        if (breaker.open() != null) {
            LOG.atInfo()
                    .addKeyValue("mount", lane.mount())
                    .addKeyValue("target", lane.target())
                    .log("a target is back");
        }
        breaker.answered();
    }

    /** Those that were taken but not tried yet are due again at once, and wait in the table for the target. */
    private void giveBack() {
        List<Long> untried = new ArrayList<>();
        synchronized (this) {
            waiting.forEach(call -> untried.addAll(call.numbers()));
            waiting.clear();
        }
        if (!untried.isEmpty()) {
            finished(untried);
            table.release(untried, clock.instant());
        }
    }

    private synchronized void finished(List<Long> numbers) {
        numbers.forEach(underWay::remove);
    }
}
