package io.daypass.lease.sim;

import io.daypass.lease.Admission;
import io.daypass.lease.Cause;
import io.daypass.lease.Claimed;
import io.daypass.lease.LaneKey;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.NewLease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Rules that are taken away on purpose, to see that the simulation notices. */
enum Flaw {
    /** All rules are in force. */
    NONE,
    /** A first successful revocation is final, although the mint may still arrive. */
    FIRST_REVOKE_IS_FINAL {
        @Override
        @Nullable
        CompletionStage<?> instead(LeaseTable table, String method, Object[] given) {
            if (!method.equals("wait")) {
                return null;
            }
            List<Long> numbers = numbers(((Map<?, ?>) given[0]).keySet());
            return table.remove(numbers, numbers).thenApply(gone -> null);
        }
    },
    /** A mint that was given up counts as over. */
    TIME_OUT_MEANS_OVER {
        @Override
        @Nullable
        CompletionStage<?> instead(LeaseTable table, String method, Object[] given) {
            return method.equals("mintFailed") ? table.mintFailed((Long) given[0], true, (String) given[2]) : null;
        }
    },
    /** Every target is believed to have given its word. */
    EVERYTHING_IS_VOUCHED_FOR,
    /** A lease is minted before it is known to be written down. */
    BEGIN_IS_BELIEVED {
        @Override
        @Nullable
        CompletionStage<?> instead(LeaseTable table, String method, Object[] given) {
            if (!method.equals("begin")) {
                return null;
            }
            return believed(table.begin((NewLease) given[0]), Admission.BEGUN);
        }
    },
    /** A lease is handed out before it is known to be active. */
    ACTIVATE_IS_BELIEVED {
        @Override
        @Nullable
        CompletionStage<?> instead(LeaseTable table, String method, Object[] given) {
            if (!method.equals("activate")) {
                return null;
            }
            return believed(table.activate((Long) given[0], (Duration) given[1]), true);
        }
    },
    /** Every run of a broker counts from one. */
    NUMBERS_START_ANEW {
        @Override
        LeaseTable table(LeaseTable sound) {
            AtomicLong given = new AtomicLong();
            return (LeaseTable) Proxy.newProxyInstance(
                    LeaseTable.class.getClassLoader(),
                    new Class<?>[] {LeaseTable.class},
                    (proxy, method, arguments) -> method.getName().equals("next")
                            ? (Object) given.incrementAndGet()
                            : method.invoke(sound, arguments));
        }
    },
    /** Due rows are made REVOKING only after the call that ends them. */
    CLAIM_WRITES_NOTHING {
        @Override
        @Nullable
        CompletionStage<?> instead(LeaseTable table, String method, Object[] given) {
            return switch (method) {
                case "claim" ->
                    ((LaneKey) given[0]).mount().equals(World.FENCED)
                            ? due(table, (LaneKey) given[0], (Integer) given[1])
                            : null;
                case "remove" ->
                    revokeFirst(table, (List<?>) given[0])
                            .thenCompose(
                                    done -> table.remove(numbers((List<?>) given[0]), numbers((List<?>) given[1])));
                case "wait" ->
                    revokeFirst(table, ((Map<?, ?>) given[0]).keySet())
                            .thenCompose(done -> table.wait(instants((Map<?, ?>) given[0])));
                case "failed" ->
                    revokeFirst(table, ((Map<?, ?>) given[0]).keySet())
                            .thenCompose(done -> table.failed(instants((Map<?, ?>) given[0]), (String) given[1]));
                // What is given up is hidden from lists, and so from this claim.
                case "giveUp" -> CompletableFuture.completedFuture(0L);
                default -> null;
            };
        }

        private LeaseFilter dueBefore(LaneKey lane, Instant until) {
            return new LeaseFilter("", lane.mount(), null, null, null, null, 0, until, Long.MAX_VALUE);
        }

        private CompletionStage<Claimed> due(LeaseTable table, LaneKey lane, int limit) {
            return table.due()
                    .thenApply(due -> due.getOrDefault(lane, Instant.EPOCH).plusMillis(1))
                    .thenCompose(until -> table.list(dueBefore(lane, until), 0, limit))
                    .thenApply(rows -> new Claimed(rows, List.of(), 0, false));
        }
    };

    /** The table with this flaw in it. */
    LeaseTable table(LeaseTable sound) {
        if (this == NONE) {
            return sound;
        }
        return (LeaseTable) Proxy.newProxyInstance(
                LeaseTable.class.getClassLoader(), new Class<?>[] {LeaseTable.class}, (proxy, method, given) -> {
                    CompletionStage<?> flawed = given == null ? null : instead(sound, method.getName(), given);
                    try {
                        return flawed == null ? method.invoke(sound, given) : flawed;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What is done in place of a method; null: what is right. */
    @Nullable
    CompletionStage<?> instead(LeaseTable table, String method, Object[] given) {
        return null;
    }

    /** Completed before it is true, and whether or not it ever is. */
    static <T> CompletionStage<T> believed(CompletionStage<T> truth, T answer) {
        truth.whenComplete((done, failed) -> {});
        return CompletableFuture.completedFuture(answer);
    }

    static List<Long> numbers(Collection<?> numbers) {
        return numbers.stream().map(Long.class::cast).toList();
    }

    static Map<Long, Instant> instants(Map<?, ?> instants) {
        Map<Long, Instant> all = new HashMap<>();
        instants.forEach((n, at) -> all.put((Long) n, (Instant) at));
        return all;
    }

    static CompletionStage<?> revokeFirst(LeaseTable table, Collection<?> numbers) {
        CompletionStage<?> all = CompletableFuture.completedFuture(null);
        for (long n : numbers(numbers)) {
            all = all.thenCompose(done -> table.revoke(n, Cause.EXPIRED));
        }
        return all;
    }
}
