package io.daypass.broker.mount;

import io.daypass.lease.Lease;
import io.daypass.plugin.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place where it is worked out how long a lease lives. Pure. */
final class Lifetimes {
    private static final String BY_TOKEN = "the token, which ends first; renew it to go further";

    private Lifetimes() {}

    /**
     * What bounds a lease besides its role.
     *
     * @param now the time of the request
     * @param asked what the caller asked for, which only shortens
     * @param mountDefault what a role without a TTL gets
     * @param mountMax the most that the mount allows, the system's maximum included
     * @param parentEnds when the token ends
     */
    record Bounds(Instant now, Optional<Duration> asked, Duration mountDefault, Duration mountMax, Instant parentEnds) {
        static Bounds of(Instant now, Optional<Duration> asked, MountConfig config, MountTerms terms, Instant parent) {
            Duration max = max(config, terms);
            Duration byDefault = config.defaultLeaseTtl().isZero() ? terms.defaultTtl() : config.defaultLeaseTtl();
            return new Bounds(now, asked, byDefault, max, parent);
        }
    }

    /** An end, and what kept it from being later. */
    record End(Instant at, @Nullable String boundBy) {}

    /** The most that a mount allows. */
    static Duration max(MountConfig config, MountTerms terms) {
        Duration set = config.maxLeaseTtl();
        return set.isZero() || set.compareTo(terms.maxTtl()) > 0 ? terms.maxTtl() : set;
    }

    /**
     * The life of a new lease.
     *
     * @param ttl the role's default; zero: the mount's
     * @param maxTtl the role's maximum; zero: the mount's
     */
    static Lifetime fresh(Bounds bounds, Duration ttl, Duration maxTtl) {
        Duration most = bounds.mountMax();
        String mostIs = "the mount's max_lease_ttl of " + MountScope.seconds(most);
        if (!maxTtl.isZero() && maxTtl.compareTo(most) < 0) {
            most = maxTtl;
            mostIs = "the role's max_ttl of " + MountScope.seconds(most);
        }
        Duration byDefault = byDefault(bounds, ttl);
        Duration wanted = wanted(bounds, ttl);
        String boundBy = null;
        if (bounds.asked().orElse(wanted).compareTo(byDefault) > 0) {
            boundBy = (ttl.isZero() ? "the mount's default_lease_ttl of " : "the role's default_ttl of ")
                    + MountScope.seconds(byDefault);
        }
        // A mount whose own default is above its maximum says nothing new with each lease.
        if (wanted.compareTo(most) > 0) {
            boundBy = ttl.isZero() && bounds.asked().isEmpty() ? null : mostIs;
            wanted = most;
        }
        Instant max = after(bounds.now(), most);
        Instant end = after(bounds.now(), wanted);
        if (bounds.parentEnds().isBefore(end)) {
            return new Lifetime(bounds.parentEnds(), max, true, BY_TOKEN);
        }
        return new Lifetime(end, max, true, boundBy);
    }

    /**
     * How long a new lease is to live, before role, mount and token bound it: what was asked for, or the default if that
     * is shorter.
     */
    static Duration wanted(Bounds bounds, Duration ttl) {
        Duration byDefault = byDefault(bounds, ttl);
        return bounds.asked().filter(asked -> asked.compareTo(byDefault) < 0).orElse(byDefault);
    }

    private static Duration byDefault(Bounds bounds, Duration ttl) {
        return ttl.isZero() ? bounds.mountDefault() : ttl;
    }

    /**
     * The next end of a lease that is renewed now.
     *
     * @param wanted from now
     * @param lease as it is
     * @param mountMax the most that the mount allows now
     * @param parentEnds when the token that it hangs from ends
     * @return never earlier than the end that it has
     */
    static End renewed(Instant now, Duration wanted, Lease lease, Duration mountMax, Instant parentEnds) {
        Instant end = after(now, wanted);
        String boundBy = null;
        if (lease.maxExpiresAt().isBefore(end)) {
            end = lease.maxExpiresAt();
            boundBy = "its maximum, fixed when it was issued; ask for a new lease";
        }
        Instant byMount = after(lease.issuedAt(), mountMax);
        if (byMount.isBefore(end)) {
            end = byMount;
            boundBy = "the mount's max_lease_ttl of " + MountScope.seconds(mountMax) + "; ask for a new lease";
        }
        if (parentEnds.isBefore(end)) {
            end = parentEnds;
            boundBy = BY_TOKEN;
        }
        return new End(end.isBefore(lease.expiresAt()) ? lease.expiresAt() : end, boundBy);
    }

    private static Instant after(Instant from, Duration time) {
        // Not Duration.between: it counts nanoseconds, overflows after 292 years, and an exception a request is dear.
        long left = Lease.NEVER.getEpochSecond() - from.getEpochSecond();
        return time.toSeconds() < left ? from.plus(time) : Lease.NEVER;
    }
}
