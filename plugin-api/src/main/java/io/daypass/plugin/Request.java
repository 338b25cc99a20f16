package io.daypass.plugin;

import java.time.Duration;
import java.time.Instant;

/** One request for a lease, with every source that a draft may draw from. */
public interface Request {
    /** The value of a variable of the path. */
    String at(String variable);

    /**
     * Works out how long the lease lives, from what was asked for and what role, mount, parent token and system allow.
     * Nothing else works out a lifetime.
     *
     * @param ttl the role's default; zero: the mount's
     * @param maxTtl the role's maximum; zero: the mount's
     */
    Lifetime lifetime(Duration ttl, Duration maxTtl);

    /**
     * A name for the credential in its target: unique, and marked as this broker's. It is made of lower-case
     * letters, digits, {@code -} and {@code _}. One of 27 characters or more leads back to its lease, also when that has ended.
     *
     * @param atMost the target's limit, in ASCII characters
     */
    String name(int atMost);

    /**
     * The same, with the part between the mark and the random part shaped by a template in Vault's syntax
     * ({@code {{.DisplayName}}}, {@code {{.RoleName | truncate 8}}}).
     *
     * @param atMost the target's limit, in ASCII characters
     * @param template empty: the display name and the role
     * @throws Invalid if the template can't be read
     */
    String name(int atMost, String template);

    /** Random bytes, the same however often the draft is run. */
    byte[] random(int bytes);

    /**
     * A number for the credential: of this mount alone, ascending, never given twice, and with gaps only where a broker was
     * restarted or a draft came to nothing. To be asked for last, when nothing can fail any more.
     *
     * @return the same however often it is asked
     * @throws IllegalStateException if no kind of the mount is {@linkplain Leases#listed listed}
     */
    long serial();

    /** The time of the request. */
    Instant now();

    /** The id of the lease that is being drafted. It ends the lease, so it goes nowhere but to the caller. */
    String leaseId();

    /** The display name of the caller's token. */
    String displayName();

    /** The number of the lease, which is no secret: for comments in the target. */
    long leaseNumber();

    /** The reason that the caller gave; empty if none. */
    String reason();
}
