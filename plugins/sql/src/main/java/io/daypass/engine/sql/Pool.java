package io.daypass.engine.sql;

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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of several logins that share one limit: where there is no room for one more, the session that has been idle
 * for longest makes it, whosever it is.
 *
 * @param <S> its sessions
 */
public final class Pool<S extends PooledSession> implements AutoCloseable {
    /** An idle session is asked whether it lives only after so long. */
    private static final Duration TRUSTED_IDLE = Duration.ofMillis(500);

    /** A session that is never idle tells the time all the same: clocks drift, or are set. */
    private static final Duration TRUSTED_CLOCK = Duration.ofMinutes(1);

    private static final Duration LONGEST_TEST = Duration.ofSeconds(1);

    private final Opening<S> opening;
    private final Predicate<SQLException> endsSession;
    private final InstantSource clock;
    private final int most;
    private final int mostIdle;
    private final Duration lifetime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Deque<S> idle = new ArrayDeque<>();
    private int open;
    private boolean closed;
    private volatile @Nullable Duration clockAhead;

    /**
     * @param endsSession whether the session that an error came from must not be used again
     * @param clock ours
     * @param most sessions, of all logins together
     * @param mostIdle sessions kept open unused
     * @param lifetime after which a session is replaced; zero: never
     */
    public Pool(
            Opening<S> opening,
            Predicate<SQLException> endsSession,
            InstantSource clock,
            int most,
            int mostIdle,
            Duration lifetime) {
        this.opening = opening;
        this.endsSession = endsSession;
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
    public <T> T with(String login, Deadline deadline, Work<S, T> work) throws SQLException {
        S session = take(login, deadline);
        clockAhead = session.serverClock().skew();
        boolean usable = false;
        try {
            T result = work.with(session);
            usable = true;
            return result;
        } catch (SQLException e) {
            usable = !endsSession.test(e);
            throw e;
        } finally {
            giveBack(session, usable);
        }
    }

    /** How far the server's clock was ahead of ours, as the session that was used last has it. */
    public Optional<Duration> clockAhead() {
        return Optional.ofNullable(clockAhead);
    }

    @Override
    public void close() {
        Deque<S> left;
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
        left.forEach(PooledSession::close);
    }

    private S take(String login, Deadline deadline) throws SQLException {
        while (true) {
            S session = slot(login, deadline);
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
    private @Nullable S slot(String login, Deadline deadline) {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    throw new Unavailable("the connection has been changed or closed meanwhile");
                }
                S session = idleOf(login);
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

    private @Nullable S idleOf(String login) {
        Iterator<S> each = idle.iterator();
        while (each.hasNext()) {
            S session = each.next();
            if (session.login().equals(login)) {
                each.remove();
                return session;
            }
        }
        return null;
    }

    private S opened(String login, Deadline deadline) throws SQLException {
        boolean done = false;
        try {
            S session = opening.open(login, deadline);
            done = true;
            return session;
        } finally {
            if (!done) {
                free();
            }
        }
    }

    private boolean isAlive(S session, Deadline deadline) {
        Instant now = clock.instant();
        if (!lifetime.isZero() && session.openedAt().plus(lifetime).isBefore(now)) {
            return false;
        }
        if (session.usedAt().plus(TRUSTED_IDLE).isAfter(now)
                && session.serverClock().toldAt().plus(TRUSTED_CLOCK).isAfter(now)) {
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

    private void giveBack(S session, boolean usable) {
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

    /**
     * What is done with a session.
     *
     * @param <S> the session
     * @param <T> the answer
     */
    public interface Work<S, T> {
        /** Does it. */
        T with(S session) throws SQLException;
    }
}
