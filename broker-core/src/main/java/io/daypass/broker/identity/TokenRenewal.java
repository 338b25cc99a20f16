package io.daypass.broker.identity;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.Terms;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Renews tokens: from now, never earlier than before, and no further than the token that they hang from. */
public final class TokenRenewal {
    private final LeaseTable leases;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Terms terms;
    private final Duration defaultTtl;

    /**
     * @param leases the rows
     * @param tokens finds them
     * @param clock the store's
     * @param terms of a lease's life
     * @param defaultTtl what a renewal gives that asks for nothing
     */
    public TokenRenewal(LeaseTable leases, Tokens tokens, InstantSource clock, Terms terms, Duration defaultTtl) {
        this.leases = leases;
        this.tokens = tokens;
        this.clock = clock;
        this.terms = terms;
        this.defaultTtl = defaultTtl;
    }

    /**
     * @param token to renew
     * @param increment how long it should live from now; empty: as long as it was given at first
     * @return the life that it has now
     */
    public Future<Life> renew(Token token, Optional<Duration> increment) {
        Lease lease = token.lease();
        if (!lease.renewable()) {
            return Future.failedFuture(
                    ApiException.badRequest("lease is not renewable: this token was made so; make another one"));
        }
        return parentEnd(lease).compose(parentEnd -> {
            TokenInfo info = token.info();
            Duration wanted = info.period().isZero()
                    ? increment.orElse(info.creationTtl().isZero() ? defaultTtl : info.creationTtl())
                    : info.period();
            Life life = Life.of(clock.instant(), wanted, lease.maxExpiresAt(), "its maximum TTL", parentEnd);
            Instant end = life.expiresAt().isBefore(lease.expiresAt()) ? lease.expiresAt() : life.expiresAt();
            return Stages.here(leases.renew(lease.n(), end, terms.slack())).map(renewed -> {
                if (!renewed) {
                    throw ApiException.badRequest(
                            "the token could not be renewed: it has ended, or was renewed further meanwhile;"
                                    + " look it up");
                }
                return new Life(end, lease.maxExpiresAt(), life.warnings());
            });
        });
    }

    private Future<Instant> parentEnd(Lease lease) {
        return lease.parent() == 0
                ? Future.succeededFuture(Lease.NEVER)
                : Stages.here(tokens.byNumber(lease.parent()))
                        .map(parent ->
                                parent.map(token -> token.lease().expiresAt()).orElseThrow(ApiException::denied));
    }
}
