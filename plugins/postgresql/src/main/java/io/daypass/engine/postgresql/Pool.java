package io.daypass.engine.postgresql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of several logins that share one limit: where there is no room for one more, the session that has been idle
 * for longest makes it, whosever it is.
 */
final class Pool implements AutoCloseable {
    /** An idle session is asked whether it lives only after so long. */
    private static final Duration TRUSTED_IDLE = Duration.ofMillis(500);

    /** A session that is never idle tells the time all the same: clocks drift, or are set. */
    private static final Duration TRUSTED_CLOCK = Duration.ofMinutes(1);

    private static final Duration LONGEST_TEST = Duration.ofSeconds(1);

    private final Opener opener;
    private final InstantSource clock;
    private final int most;
    private final int mostIdle;
    private final Duration lifetime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Deque<Session> idle = new ArrayDeque<>();
    private int open;
    private boolean closed;
    private volatile @Nullable Duration clockAhead;

    /** @param lifetime zero: for ever */
    Pool(Opener opener, InstantSource clock, int most, int mostIdle, Duration lifetime) {
        this.opener = opener;
        this.clock = clock;
        this.most = most;
        this.mostIdle = mostIdle;
        this.lifetime = lifetime;
    }

    /**
     * Works with a session of this login.
     *
     * @param login empty: the configured one
     * @throws Unavailable if none gets free within the deadline
     */
    <T> T with(String login, Deadline deadline, Work<T> work) throws SQLException {
        Session session = take(login, deadline);
        clockAhead = session.skew();
        boolean usable = false;
        try {
            T result = work.with(session);
            usable = true;
            return result;
        } catch (SQLException e) {
            usable = !SqlStates.endsSession(e);
            throw e;
        } finally {
            giveBack(session, usable);
        }
    }

    /** How far the server's clock was ahead of ours, as the session that was used last has it. */
    Optional<Duration> clockAhead() {
        return Optional.ofNullable(clockAhead);
    }

    @Override
    public void close() {
        Deque<Session> left;
        lock.lock();
        try {
            closed = true;
            left = new ArrayDeque<>(idle);
            open -= idle.size();
            idle.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(Session::close);
    }

    private Session take(String login, Deadline deadline) throws SQLException {
        while (true) {
            Session session = slot(login, deadline);
            if (session == null) {
                return opened(login, deadline);
            }
            if (!session.login().equals(login)) {
                session.close();
                return opened(login, deadline);
            }
            if (isAlive(session, deadline)) {
                return session;
            }
            giveBack(session, false);
        }
    }

    /**
     * Waits for room.
     *
     * @return an idle session, which if it is another login's has to go; null: there is room to open one
     */
    private @Nullable Session slot(String login, Deadline deadline) {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    throw new Unavailable("the connection has been changed or closed meanwhile");
                }
                Session session = idleOf(login);
                if (session == null && open == most) {
                    session = idle.pollLast();
                }
                if (session != null) {
                    return session;
                }
                if (open < most) {
                    open++;
                    return null;
                }
                if (!room.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new Unavailable("all " + most + " connections were busy until the deadline");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for a connection", e);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Session idleOf(String login) {
        Iterator<Session> each = idle.iterator();
        while (each.hasNext()) {
            Session session = each.next();
            if (session.login().equals(login)) {
                each.remove();
                return session;
            }
        }
        return null;
    }

    private Session opened(String login, Deadline deadline) throws SQLException {
        boolean done = false;
        try {
            Session session = opener.open(login, deadline);
            done = true;
            return session;
        } finally {
            if (!done) {
                free();
            }
        }
    }

    private boolean isAlive(Session session, Deadline deadline) {
        Instant now = clock.instant();
        if (!lifetime.isZero() && session.openedAt().plus(lifetime).isBefore(now)) {
            return false;
        }
        if (session.usedAt().plus(TRUSTED_IDLE).isAfter(now)
                && session.toldAt().plus(TRUSTED_CLOCK).isAfter(now)) {
            return true;
        }
        Instant soon = now.plus(LONGEST_TEST);
        try {
            session.tellTime(soon.isBefore(deadline.at()) ? new Deadline(soon, clock) : deadline);
            return true;
        } catch (SQLException | Unavailable e) {
            return false;
        }
    }

    private void giveBack(Session session, boolean usable) {
        session.used();
        boolean keep = false;
        lock.lock();
        try {
            if (usable && !closed && idle.size() < mostIdle && session.isOpen() && !session.isSoiled()) {
                idle.addFirst(session);
                keep = true;
                room.signal();
            }
        } finally {
            lock.unlock();
        }
        if (!keep) {
            session.close();
            free();
        }
    }

    private void free() {
        lock.lock();
        try {
            open--;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What is done with a session. */
    interface Work<T> {
        T with(Session session) throws SQLException;
    }
}
