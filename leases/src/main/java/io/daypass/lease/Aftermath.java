package io.daypass.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down what came of a call: rows go, wait, are tried again, or are given back. */
final class Aftermath {
    private static final Duration BUSY_AGAIN = Duration.ofMillis(250);

    private final LeaseTable table;
    private final StoreClock clock;
    private final Backoff backoff;
    private final Finality finality;

    Aftermath(LeaseTable table, StoreClock clock, Backoff backoff, Finality finality) {
        this.table = table;
        this.clock = clock;
        this.backoff = backoff;
        this.finality = finality;
    }

    /**
     * Completes when all of it is durable.
     *
     * @param began when the call began
     * @param answers one for each lease of the call
     */
    CompletionStage<Void> write(Call call, Instant began, List<Ended> answers) {
        Instant now = clock.instant();
        Writing writing = new Writing();
        for (int i = 0; i < answers.size(); i++) {
            Lease lease = call.leases().get(i);
            Ended ended = answers.get(i);
            switch (ended.outcome()) {
                case GONE, VOUCHED, UNFENCED -> {
                    boolean vouched = ended.outcome() == Ended.Outcome.VOUCHED;
                    boolean settles = call.settles() && ended.outcome() != Ended.Outcome.UNFENCED;
                    Optional<Instant> kept = finality.keptUntil(lease, vouched, settles, began, now);
                    writing.ended(lease, kept);
                }
                case BUSY -> writing.busy.add(lease.n());
                case UNAVAILABLE, FAILED ->
                    writing.failed(ended.error(), lease.n(), now.plus(backoff.after(lease.attempts())));
            }
        }
        return writing.write(now);
    }

    private final class Writing {
        private final List<Long> gone = new ArrayList<>();
        private final List<Long> sure = new ArrayList<>();
        private final Map<Long, Instant> kept = new HashMap<>();
        private final List<Long> busy = new ArrayList<>();
        private final Map<String, Map<Long, Instant>> failed = new HashMap<>();

        void ended(Lease lease, Optional<Instant> until) {
            if (until.isPresent()) {
                kept.put(lease.n(), until.get());
                return;
            }
            gone.add(lease.n());
            if (!lease.mintOver()) {
                sure.add(lease.n());
            }
        }

        void failed(String error, long n, Instant again) {
            failed.computeIfAbsent(error, key -> new HashMap<>()).put(n, again);
        }

        CompletionStage<Void> write(Instant now) {
            List<CompletableFuture<?>> all = new ArrayList<>();
            if (!gone.isEmpty()) {
                all.add(table.remove(gone, sure).toCompletableFuture());
            }
            if (!kept.isEmpty()) {
                all.add(table.wait(kept).toCompletableFuture());
            }
            if (!busy.isEmpty()) {
                all.add(table.release(busy, now.plus(BUSY_AGAIN)).toCompletableFuture());
            }
            failed.forEach((error, rows) -> all.add(table.failed(rows, error).toCompletableFuture()));
            return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
        }
    }
}
