package io.daypass.plugin.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The users of one database. Every method but {@link #close} blocks, no longer than its deadline; throws
 * {@link Unavailable} if the database can't be reached or isn't the one of the {@link Place}; may be called by several
 * threads.
 */
public interface Database extends AutoCloseable {
    /**
     * Connects as the configured login and looks around.
     *
     * @return which server and database this is, and what is missing for the work
     */
    Target target(Deadline deadline) throws Exception;

    /**
     * Creates users, all or none. {@code deadline.at()} is the fence: the database itself refuses to create them later.
     *
     * @param users at least one
     * @throws Refused only if the database said no, and nothing is left
     */
    void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) throws Exception;

    /**
     * Moves the end of a user; only later, and never creates one.
     *
     * @param renewal the role's own statements for it; may be empty
     * @throws Refused if there is no such user
     */
    void extend(Place place, User user, List<String> renewal, Instant until, Deadline deadline) throws Exception;

    /**
     * Forbids users to log in, ends their sessions, and drops them. An absent user is as good as dropped, but its
     * sessions are looked for all the same.
     *
     * @param users at least one
     */
    void drop(Place place, Removal removal, List<User> users, Deadline deadline) throws Exception;

    /**
     * Drops a user, and asks whether a creation of it can still land.
     *
     * @param mintDeadline the deadline of the creation, with a margin
     * @return true if that has passed by the database's clock, found under the lock that the creation takes too
     */
    boolean settle(Place place, Removal removal, User user, Instant mintDeadline, Deadline deadline) throws Exception;

    /**
     * The names of all users of the server, whoever made them.
     *
     * @param place whose login is of no matter
     */
    List<String> users(Place place, Deadline deadline) throws Exception;

    /**
     * How far the database's clock was ahead of ours when it last told the time; negative: behind. Does no I/O.
     *
     * @return empty if it has not told it yet, or has none that matters
     */
    default Optional<Duration> clockAhead() {
        return Optional.empty();
    }

    /** Closes its connections and threads. */
    @Override
    void close();
}
