package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mount;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an engine makes from things that change, kept until they do. Whoever asks while it is being made gets what is
 * being made, if nothing has changed since that began. It is known by a hash of what it is, so making the same again is no
 * change, and no other content ever has its name.
 *
 * @param <V> what is made
 */
final class Remembered<V> {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int TAG_BYTES = 16;

    private final MountScope scope;
    private final Gate gate;
    private final List<Signal> sources;
    private final Mount.Read<V> maker;
    private final Function<V, byte[]> bytes;
    private final Map<Map<String, String>, Kept<V>> kept = new HashMap<>();

    /**
     * @param gate around what is being made
     * @param sources what it is made from
     * @param maker makes it; may block
     * @param bytes what it consists of
     */
    Remembered(MountScope scope, Gate gate, List<Signal> sources, Mount.Read<V> maker, Function<V, byte[]> bytes) {
        this.scope = scope;
        this.gate = gate;
        this.sources = List.copyOf(sources);
        this.maker = maker;
        this.bytes = bytes;
    }

    /** What was made, and the hash of it. */
    record Made<V>(V value, String tag) {}

    private static final class Kept<V> {
        private final long changes;
        private final Instant since;
        private final CompletableFuture<Optional<Made<V>>> made = new CompletableFuture<>();
        private @Nullable CompletionStage<Optional<Made<V>>> next;

        Kept(long changes, Instant since) {
            this.changes = changes;
            this.since = since;
        }
    }

    /** How many changes there were of what it is made from. */
    long changes() {
        return sources.stream().mapToLong(Signal::count).sum();
    }

    /**
     * What there is for these variables, with all changes that had happened when this was called.
     *
     * @return empty if there is nothing
     */
    CompletionStage<Optional<Made<V>>> of(Map<String, String> variables) {
        Kept<V> mine;
        synchronized (kept) {
            long changes = changes();
            Instant now = scope.now();
            Kept<V> known = kept.get(variables);
            if (known != null && known.changes == changes && isFresh(known, now)) {
                return known.made;
            }
            if (known != null && !known.made.isDone()) {
                return after(known, variables);
            }
            // What was made before a change is of no use to anybody, and may be secret.
            kept.values().removeIf(each -> each.changes != changes && each.made.isDone());
            mine = new Kept<>(changes, now);
            kept.put(variables, mine);
        }
        CompletionStage<Optional<Made<V>>> stage = mine.made;
        stage.whenComplete((made, error) -> {
            if (made == null || made.isEmpty()) {
                forget(variables, mine);
            }
        });
        begin(variables, mine.made);
        return mine.made;
    }

    /** It is being made from what was before a change: once more after that, for all who ask meanwhile. */
    private CompletionStage<Optional<Made<V>>> after(Kept<V> known, Map<String, String> variables) {
        CompletionStage<Optional<Made<V>>> next = known.next;
        if (next == null) {
            next = known.made.handle((made, error) -> true).thenCompose(done -> of(variables));
            known.next = next;
        }
        return next;
    }

    /** Completes at the first change after that many, or after this time; at once if there were more already. */
    CompletableFuture<Boolean> changedAfter(long changes, Duration atMost) {
        CompletableFuture<Boolean> changed = new CompletableFuture<>();
        Runnable wake = () -> changed.complete(true);
        sources.forEach(source -> source.add(wake));
        if (changes() != changes) {
            wake.run();
        }
        return changed.completeOnTimeout(false, Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)
                .whenComplete((woken, error) -> sources.forEach(source -> source.remove(wake)));
    }

    private static boolean isFresh(Kept<?> known, Instant now) {
        Duration age = Duration.between(known.since, now);
        return !age.isNegative() && age.compareTo(LONGEST) < 0;
    }

    private void forget(Map<String, String> variables, Kept<V> mine) {
        synchronized (kept) {
            kept.remove(variables, mine);
        }
    }

    private void begin(Map<String, String> variables, CompletableFuture<Optional<Made<V>>> made) {
        if (!gate.enter()) {
            made.completeExceptionally(ApiException.sealedUp("this mount is being closed"));
            return;
        }
        try {
            scope.parts().threads().run(() -> {
                try {
                    made.complete(make(variables));
                } catch (EngineFailure e) {
                    made.completeExceptionally(e.toAnswer());
                } catch (RuntimeException e) {
                    made.completeExceptionally(e);
                } finally {
                    gate.leave();
                }
            });
        } catch (RejectedExecutionException e) {
            gate.leave();
            made.completeExceptionally(e);
        }
    }

    private Optional<Made<V>> make(Map<String, String> variables) {
        Deadline deadline = scope.deadlineIn(scope.parts().limits().callDeadline());
        Mount.Call call = variable -> Operation.variable(variables, variable);
        return scope.guard()
                .call(() -> maker.read(call, deadline).map(value -> new Made<>(value, tag(bytes.apply(value)))));
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(Arrays.copyOf(hash, TAG_BYTES));
            return new String(encoded, StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
