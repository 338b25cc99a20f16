package io.daypass.broker.identity;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Stages;
import io.daypass.broker.policy.Authorizer;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Admission;
import io.daypass.lease.Afterlife;
import io.daypass.lease.Bytes;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.NewLease;
import io.daypass.lease.Source;
import io.daypass.lease.Terms;
import io.daypass.plugin.Secret;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes tokens. A token is a lease without effect outside: one durable write, and it is handed out once. */
public final class TokenMint {
    private static final int DEEPEST = 32;

    private final LeaseTable leases;
    private final Barrier barrier;
    private final Ids ids;
    private final Authorizer authorizer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Terms terms;
    private final Duration defaultTtl;
    private final Duration maxTtl;

    /**
     * @param leases where the rows go
     * @param barrier that seals them
     * @param ids what tokens look like
     * @param authorizer who says what a creator may
     * @param clock the store's
     * @param random a source fit for secrets
     * @param terms of a lease's life
     * @param defaultTtl what a token gets that asks for nothing
     * @param maxTtl what no token without a period can outlive
     */
    public TokenMint(
            LeaseTable leases,
            Barrier barrier,
            Ids ids,
            Authorizer authorizer,
            InstantSource clock,
            RandomGenerator random,
            Terms terms,
            Duration defaultTtl,
            Duration maxTtl) {
        this.leases = leases;
        this.barrier = barrier;
        this.ids = ids;
        this.authorizer = authorizer;
        this.clock = clock;
        this.random = random;
        this.terms = terms;
        this.defaultTtl = defaultTtl;
        this.maxTtl = maxTtl;
    }

    /**
     * The token that an operator starts with.
     *
     * @param id a text of its own to be the token; empty: a random one
     */
    public Future<Minted> root(String id) {
        TokenInfo info = new TokenInfo(
                List.of("root"),
                Map.of(),
                "root",
                "auth/token/root",
                true,
                0,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                0);
        return write(id.isEmpty() ? null : id, info, 0, Life.ENDLESS, false, "");
    }

    Future<Minted> create(TokenRequest asked, Token creator, String path, String reason) {
        Caller caller = creator.caller();
        boolean sudo = authorizer.sudo(caller, "auth/token/create");
        boolean orphan = asked.orphan() || path.endsWith("create-orphan");
        if (!sudo
                && (asked.orphan() || asked.id().isPresent() || !asked.period().isZero())) {
            return Future.failedFuture(ApiException.badRequest(
                    "no_parent, period and id are for tokens with sudo on auth/token/create; leave them out"));
        }
        if (creator.lease().usesLeft() != 0 || creator.info().numUses() != 0) {
            return Future.failedFuture(
                    ApiException.badRequest("a token with a limited number of uses can't make other tokens"));
        }
        if (creator.info().depth() >= DEEPEST) {
            return Future.failedFuture(ApiException.badRequest("tokens can hang from one another " + DEEPEST
                    + " deep and no deeper; use a token nearer to the root"));
        }
        List<String> policies = policies(asked, creator, sudo);
        Life life = life(asked, policies, orphan ? Lease.NEVER : creator.lease().expiresAt());
        TokenInfo info = new TokenInfo(
                policies,
                asked.meta(),
                displayName(creator, asked),
                path,
                orphan,
                orphan ? 0 : creator.info().depth() + 1,
                life.expiresAt().equals(Lease.NEVER)
                        ? Duration.ZERO
                        : Duration.between(clock.instant(), life.expiresAt()),
                asked.period(),
                asked.explicitMaxTtl(),
                asked.numUses());
        boolean renewable = asked.renewable() && !life.expiresAt().equals(Lease.NEVER);
        return write(asked.id().orElse(null), info, orphan ? 0 : creator.n(), life, renewable, reason);
    }

    private List<String> policies(TokenRequest asked, Token creator, boolean sudo) {
        TreeSet<String> policies =
                new TreeSet<>(asked.policies().isEmpty() ? creator.info().policies() : asked.policies());
        if (policies.contains("root")) {
            if (!creator.info().isRoot()) {
                throw ApiException.badRequest("policies: only a root token can make a root token");
            }
            return List.of("root");
        }
        if (asked.withoutDefault()) {
            policies.remove("default");
        } else {
            policies.add("default");
        }
        List<String> beyond = policies.stream()
                .filter(name -> !creator.info().policies().contains(name) && !name.equals("default"))
                .toList();
        if (!sudo && !beyond.isEmpty()) {
            throw ApiException.badRequest("policies: a child token's policies must be a subset of its creator's; yours"
                    + " don't include " + String.join(", ", beyond));
        }
        return List.copyOf(policies);
    }

    private Life life(TokenRequest asked, List<String> policies, Instant parentEnd) {
        Instant now = clock.instant();
        boolean bounded = !asked.ttl().isZero()
                || !asked.period().isZero()
                || !asked.explicitMaxTtl().isZero();
        if (policies.contains("root") && !bounded) {
            return parentEnd.equals(Lease.NEVER) ? Life.ENDLESS : new Life(parentEnd, parentEnd, List.of());
        }
        if (!asked.period().isZero()) {
            Instant max = asked.explicitMaxTtl().isZero() ? Lease.NEVER : now.plus(asked.explicitMaxTtl());
            return Life.of(now, asked.period(), max, "explicit_max_ttl", parentEnd);
        }
        Duration wanted = asked.ttl().isZero() ? defaultTtl : asked.ttl();
        boolean explicit =
                !asked.explicitMaxTtl().isZero() && asked.explicitMaxTtl().compareTo(maxTtl) < 0;
        Instant max = now.plus(explicit ? asked.explicitMaxTtl() : maxTtl);
        return Life.of(now, wanted, max, explicit ? "explicit_max_ttl" : "the system's maximum TTL", parentEnd);
    }

    /** A child's name is prefixed by its creator's, so that no token can pass for another's. */
    private static String displayName(Token creator, TokenRequest asked) {
        String prefix = creator.info().isRoot() && creator.info().displayName().equals("root")
                ? "token"
                : creator.info().displayName();
        return asked.displayName().isEmpty() ? prefix : prefix + "-" + asked.displayName();
    }

    private Future<Minted> write(
            @Nullable String custom, TokenInfo info, long parent, Life life, boolean renewable, String reason) {
        long n = leases.next();
        byte[] secret = new byte[20];
        random.nextBytes(secret);
        String token = custom == null ? Ids.token(n, secret) : custom;
        Bytes tag = ids.tokenTag(token);
        Instant now = clock.instant();
        Barrier.Sealed sealed = barrier.seal(info.toBytes(), Tokens.place(n));
        NewLease row = new NewLease(
                n,
                new Source(info.path(), Tokens.MOUNT, "token", ""),
                parent,
                now,
                now,
                life.expiresAt(),
                life.maxExpiresAt(),
                info.displayName(),
                reason.isEmpty() ? null : reason,
                renewable,
                info.numUses(),
                tag,
                custom != null,
                sealed.keyVersion(),
                sealed.bytes(),
                Afterlife.NONE);
        return Stages.here(leases.issue(row, terms.slack())).map(admission -> {
            if (admission == Admission.ALIAS_TAKEN) {
                throw ApiException.badRequest("id: a token with this id exists; revoke it first, or choose another");
            }
            if (admission != Admission.BEGUN) {
                throw ApiException.denied();
            }
            return new Minted(Secret.of(token), n, info, life, renewable);
        });
    }

    /**
     * A token that was just made.
     *
     * @param token the token, which is in no other place
     * @param n the number of its row
     * @param info what it is
     * @param life how long it lives
     * @param renewable whether it can be renewed
     */
    public record Minted(Secret token, long n, TokenInfo info, Life life, boolean renewable) {
        @Override
        public String toString() {
            return "token " + n;
        }
    }
}
