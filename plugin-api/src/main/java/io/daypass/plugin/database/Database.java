package io.daypass.plugin.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
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
     * Changes a password, as the configured login, and looks whether the new one lets its owner in. The same change may be
     * made again: it ends the same. {@code deadline.at()} is the fence: the database itself refuses to make it later, and
     * makes changes of one {@link User#lockKey} one after another, so that none that came too late undoes the next.
     *
     * @param place whose login is of no matter
     * @throws Refused if the database said no, or let nobody in with the new password afterwards: the previous one holds
     *     again then, if it is known, and the text says so if it doesn't
     * @throws Unavailable if it isn't known which of the two holds; {@link #accepts} tells
     */
    void setPassword(Place place, PasswordChange change, Deadline deadline) throws Exception;

    /**
     * Whether a password lets a login in; tried on a connection of its own, which is closed again.
     *
     * @param place whose login is of no matter
     * @return false only if the database said that this password is not the login's
     * @throws Unavailable if it can't be told: nobody answers, or what refused was not the password
     */
    boolean accepts(Place place, String login, Secret password, Deadline deadline) throws Exception;

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
