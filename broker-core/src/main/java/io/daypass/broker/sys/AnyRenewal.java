package io.daypass.broker.sys;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.daypass.broker.identity.Token;
import io.daypass.broker.identity.TokenRenewal;
import io.daypass.broker.identity.Tokens;
import io.daypass.broker.mount.Renew;
import io.daypass.lease.Lease;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Renews tokens as tokens, and all else as its mount does. */
public final class AnyRenewal implements Renewals {
    private final Tokens tokens;
    private final TokenRenewal tokenRenewal;
    private final Renew mountRenewal;

    /**
     * @param tokens finds them
     * @param tokenRenewal renews tokens
     * @param mountRenewal renews leases of mounts
     */
    public AnyRenewal(Tokens tokens, TokenRenewal tokenRenewal, Renew mountRenewal) {
        this.tokens = tokens;
        this.tokenRenewal = tokenRenewal;
        this.mountRenewal = mountRenewal;
    }

    @Override
    public Future<Reached> renew(Lease lease, Optional<Duration> increment) {
        return lease.source().mount().equals(Tokens.MOUNT) ? asToken(lease, increment) : ofMount(lease, increment);
    }

    private Future<Reached> asToken(Lease lease, Optional<Duration> increment) {
        return Stages.here(tokens.byNumber(lease.n())).compose(found -> {
            Token token = found.filter(tokens::isLive)
                    .orElseThrow(() -> ApiException.badRequest("invalid lease: this token has ended"));
            return tokenRenewal
                    .renew(token, increment)
                    .map(life -> new Reached(life.expiresAt(), lease.renewable(), life.warnings()));
        });
    }

    private Future<Reached> ofMount(Lease lease, Optional<Duration> increment) {
        return parentEnd(lease)
                .compose(parentEnds -> mountRenewal.renew(lease, increment, parentEnds))
                .map(renewed -> new Reached(renewed.expiresAt(), lease.renewable(), renewed.warnings()));
    }

    private Future<Instant> parentEnd(Lease lease) {
        return lease.parent() == 0
                ? Future.succeededFuture(Lease.NEVER)
                : Stages.here(tokens.byNumber(lease.parent()))
                        .map(parent -> parent.map(token -> token.lease().expiresAt())
                                .orElseThrow(() -> ApiException.badRequest(
                                        "invalid lease: the token that it hangs from has ended")));
    }
}
