package io.daypass.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what is due. The index of the lease table is its clock: it holds no list of leases and no timer for any of them.
 * Each lane works by itself, so that a target which is slow or away is in nobody else's way, and nothing it does need be
 * done once only: a row stays until its end is sure.
 */
public final class Reaper {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration STORE_AGAIN = Duration.ofSeconds(1);
    private static final Duration PROBE_AT_LEAST_EVERY = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);

    private final LeaseTable table;
    private final StoreClock clock;
    private final Enders enders;
    private final Terms terms;
    private final Backoff probes;
    private final Aftermath aftermath;
    private final Cascade cascade;
    private final Map<LaneKey, LaneWork> lanes = new ConcurrentHashMap<>();
    private @Nullable CompletableFuture<Duration> look;
    private boolean again;
    private boolean stopped;

    /**
     * @param table the leases
     * @param clock of the store that they are in
     * @param random spreads attempts
     * @param enders where they are ended
     * @param terms how long things take
     */
    public Reaper(LeaseTable table, StoreClock clock, RandomGenerator random, Enders enders, Terms terms) {
        this.table = table;
        this.clock = clock;
        this.enders = enders;
        this.terms = terms;
        Backoff retries = new Backoff(terms.firstRetry(), terms.lastRetry(), random);
        Duration longest = min(terms.lastRetry(), max(PROBE_AT_LEAST_EVERY, terms.firstRetry()));
        this.probes = new Backoff(terms.firstRetry(), longest, random);
        this.aftermath = new Aftermath(table, clock, retries, new Finality(terms, retries));
        this.cascade = new Cascade(table, clock, terms.lastRetry());
    }

    /**
     * Looks what is due and sets the lanes to work on it; doesn't wait for them. To be called again after the time that it
     * answers, and as soon as a row is due that a commit has made due before that ({@link StoreClock#until}). Looks don't
     * overlap: one that is asked for while another is under way is part of its answer.
     *
     * @return after how long to call it again: a minute at the most, so that a clock that is set forward is believed soon
     */
    public CompletionStage<Duration> tick() {
        CompletableFuture<Duration> mine;
        synchronized (this) {
            if (stopped) {
                return CompletableFuture.completedFuture(LONGEST);
            }
            if (look != null) {
                again = true;
                return look;
            }
            mine = new CompletableFuture<>();
            look = mine;
        }
        look(mine);
        return mine;
    }

    /** Those lanes whose target is away. */
    public Map<LaneKey, OpenBreaker> breakers() {
        Map<LaneKey, OpenBreaker> open = new HashMap<>();
        lanes.forEach((lane, work) -> {
            OpenBreaker breaker = work.open();
            if (breaker != null) {
                open.put(lane, breaker);
            }
        });
        return open;
    }

    /** Takes nothing more; calls under way come to their end and are written down. */
    public void stop() {
        synchronized (this) {
            stopped = true;
        }
        lanes.values().forEach(LaneWork::stop);
    }

    private void look(CompletableFuture<Duration> mine) {
        table.due().whenComplete((due, failure) -> {
            Duration next = due == null ? later(failure) : started(due);
            if (isOver()) {
                mine.complete(next);
            } else {
                look(mine);
            }
        });
    }

    /** False: somebody asked for another look meanwhile. */
    private synchronized boolean isOver() {
        if (again && !stopped) {
            again = false;
            return false;
        }
        look = null;
        return true;
    }

    /** Whatever goes wrong in one look, there is a next one. */
    private Duration started(Map<LaneKey, Instant> due) {
        try {
            return start(due);
        } catch (RuntimeException e) {
            return later(e);
        }
    }

    private Duration start(Map<LaneKey, Instant> due) {
        Instant now = clock.instant();
        Duration next = LONGEST;
        for (Map.Entry<LaneKey, Instant> each : due.entrySet()) {
            boolean isDue = !each.getValue().isAfter(now);
            Duration wait =
                    isDue ? lanes.computeIfAbsent(each.getKey(), this::lane).start() : clock.until(each.getValue());
            next = min(next, wait);
        }
        return next;
    }

    private Duration later(@Nullable Throwable failure) {
        LOG.atError().setCause(failure).log("looking at what is due failed; it is tried again");
        return STORE_AGAIN;
    }

    private LaneWork lane(LaneKey lane) {
        return new LaneWork(lane, table, clock, enders, terms.claim(), aftermath, cascade, new Breaker(probes));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
