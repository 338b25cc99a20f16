package io.daypass.lease;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lease for tests: an hour long, minted within ten seconds, from {@code db/creds/reader}, unless it says else. */
public record Draft(
        long n,
        Source source,
        long parent,
        Duration mint,
        Duration ttl,
        Duration max,
        int uses,
        @Nullable String tag) {
    /** How much is added to an end in tests. */
    public static final Duration SLACK = Duration.ofSeconds(2);

    /** The lane of {@link #lease}. */
    public static final LaneKey LANE = new LaneKey("m1", "shop");

    /** The lane of {@link #token}. */
    public static final LaneKey TOKENS = new LaneKey("tokens", "");

    private static final Source LEASES = new Source("db/creds/reader", "m1", "user", "shop");
    private static final Source TOKEN = new Source("auth/token/create", "tokens", "token", "");

    /** A lease of a database user. */
    public static Draft lease(long n) {
        return new Draft(n, LEASES, 0, Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(24), 0, null);
    }

    /** A token, found by its alias. */
    public static Draft token(long n) {
        return new Draft(
                n, TOKEN, 0, Duration.ofSeconds(10), Duration.ofHours(2), Duration.ofHours(24), 0, "token " + n);
    }

    public Draft under(long parent) {
        return new Draft(n, source, parent, mint, ttl, max, uses, tag);
    }

    public Draft from(Source other) {
        return new Draft(n, other, parent, mint, ttl, max, uses, tag);
    }

    public Draft at(String path) {
        return from(new Source(path, source.mount(), source.kind(), source.target()));
    }

    public Draft in(LaneKey lane) {
        return from(new Source(source.path(), lane.mount(), source.kind(), lane.target()));
    }

    public Draft kind(String kind) {
        return from(new Source(source.path(), source.mount(), kind, source.target()));
    }

    public Draft lasting(Duration ttl) {
        return new Draft(n, source, parent, mint, ttl, max.compareTo(ttl) < 0 ? ttl : max, uses, tag);
    }

    public Draft uses(int uses) {
        return new Draft(n, source, parent, mint, ttl, max, uses, tag);
    }

    public Draft tagged(String tag) {
        return new Draft(n, source, parent, mint, ttl, max, uses, tag);
    }

    /** The lease as it is begun at an instant. */
    public NewLease at(Instant now) {
        return new NewLease(
                n,
                source,
                parent,
                now.plus(mint),
                now,
                now.plus(ttl),
                now.plus(max),
                "holder " + n % 3,
                n % 2 == 0 ? null : "reason " + n,
                true,
                uses,
                tag == null ? Bytes.EMPTY : tag(tag),
                tag != null,
                1,
                Bytes.of(("handle " + n).getBytes(StandardCharsets.UTF_8)),
                Afterlife.NONE);
    }

    /** A lease without end. */
    public NewLease withoutEnd(Instant now) {
        NewLease some = at(now);
        return new NewLease(
                n,
                source,
                parent,
                some.mintDeadline(),
                now,
                Lease.NEVER,
                Lease.NEVER,
                some.holder(),
                some.reason(),
                false,
                uses,
                some.tag(),
                some.alias(),
                1,
                some.sealed(),
                Afterlife.NONE);
    }

    /** The bytes of a tag. */
    public static Bytes tag(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
