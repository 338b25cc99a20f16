package io.daypass.broker.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Bytes;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.daypass.lease.LeaseTable;
import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The tokens. Rows of hot tokens are kept in memory and forgotten in the very commit that changes them, so that a
 * revoked token is refused from then on.
 */
public final class Tokens {
    /** The mount that tokens' leases belong to, and their kind. */
    public static final String MOUNT = "token";

    private static final int CACHED = 10_000;
    private static final int CACHED_ALIASES = 256;

    private final LeaseTable leases;
    private final Barrier barrier;
    private final Ids ids;
    private final InstantSource clock;
    private final AsyncCache<Long, Optional<Token>> rows =
            Caffeine.newBuilder().maximumSize(CACHED).executor(Runnable::run).buildAsync();
    private final Cache<Bytes, Long> aliases = Caffeine.newBuilder()
            .maximumSize(CACHED_ALIASES)
            .executor(Runnable::run)
            .build();

    /**
     * @param leases where the rows are
     * @param barrier that opens them
     * @param ids what tokens and accessors look like
     * @param clock the store's
     */
    public Tokens(LeaseTable leases, Barrier barrier, Ids ids, InstantSource clock) {
        this.leases = leases;
        this.barrier = barrier;
        this.ids = ids;
        this.clock = clock;
    }

    /** Forgets rows that a commit changed. To be called for every commit, before its promises are kept. */
    public void committed(Committed committed) {
        for (Event event : committed.events()) {
            if (event.source().mount().equals(MOUNT)) {
                rows.synchronous().invalidate(event.n());
                if (event.type() == Event.Type.ENDED) {
                    aliases.asMap().values().remove(event.n());
                }
            }
        }
    }

    /** Forgets everything. For when it is sealed. */
    public void forget() {
        rows.synchronous().invalidateAll();
        aliases.invalidateAll();
    }

    /**
     * The live token with that text.
     *
     * @return empty if it is unknown, has ended, or is spent, or if one that it hangs from has ended
     */
    public CompletionStage<Optional<Token>> live(String text) {
        Bytes tag = ids.tokenTag(text);
        return number(text, tag)
                .thenCompose(n -> n.isEmpty() ? none() : byNumber(n.getAsLong()))
                .thenApply(found ->
                        found.filter(token -> token.lease().tag().equals(tag)).filter(this::isLive))
                .thenCompose(this::underLiveParents);
    }

    /** Whether the token of that number may be used now. */
    public CompletionStage<Boolean> lives(long n) {
        return byNumber(n)
                .thenCompose(found -> underLiveParents(found.filter(this::isLive)))
                .thenApply(Optional::isPresent);
    }

    /** A child is refused from its parent's end on, not only once the cascade has come to it. */
    private CompletionStage<Optional<Token>> underLiveParents(Optional<Token> found) {
        long parent = found.map(token -> token.lease().parent()).orElse(0L);
        if (parent == 0) {
            return CompletableFuture.completedFuture(found);
        }
        return byNumber(parent)
                .thenCompose(above -> underLiveParents(above.filter(this::isLive)))
                .thenApply(above -> above.isPresent() ? found : Optional.empty());
    }

    /** The token of that number, live or not. */
    public CompletionStage<Optional<Token>> byNumber(long n) {
        return rows.get(n, (number, executor) -> load(number));
    }

    /** Whether it may be used now. */
    public boolean isLive(Token token) {
        Lease lease = token.lease();
        return lease.state() == LeaseState.ACTIVE
                && lease.usesLeft() >= 0
                && lease.expiresAt().isAfter(clock.instant());
    }

    private CompletionStage<OptionalLong> number(String text, Bytes tag) {
        OptionalLong carried = Ids.tokenNumber(text);
        if (carried.isPresent()) {
            return CompletableFuture.completedFuture(carried);
        }
        Long known = aliases.getIfPresent(tag);
        if (known != null) {
            return CompletableFuture.completedFuture(OptionalLong.of(known));
        }
        return leases.findAlias(tag).thenApply(found -> {
            found.ifPresent(n -> aliases.put(tag, n));
            return found;
        });
    }

    private CompletableFuture<Optional<Token>> load(long n) {
        return leases.find(n)
                .thenApply(found -> found.filter(lease -> lease.source().mount().equals(MOUNT))
                        .map(this::opened))
                .toCompletableFuture();
    }

    private Token opened(Lease lease) {
        byte[] info = barrier.open(lease.keyVersion(), lease.sealed(), place(lease.n()));
        return new Token(lease, TokenInfo.of(info));
    }

    private static CompletionStage<Optional<Token>> none() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    static String place(long n) {
        return "lease/" + n;
    }
}
