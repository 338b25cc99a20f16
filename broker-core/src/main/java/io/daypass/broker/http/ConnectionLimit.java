package io.daypass.broker.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many may be connected to one listener at once. One for all of its event loops. */
public final class ConnectionLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param most at once */
    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** Takes a place. False: there is none. */
    boolean enter() {
        if (open.incrementAndGet() <= most) {
            return true;
        }
        open.decrementAndGet();
        if (!told.getAndSet(true)) {
            LOG.atWarn()
                    .addKeyValue("max_connections", most)
                    .log("as many are connected as may be, others are turned away: find out who they are, or raise"
                            + " listen.max_connections");
        }
        return false;
    }

    /** Gives a place back. Said once more only after half of the places were free, or a crowd at the door fills the log. */
    void leave() {
        if (open.decrementAndGet() <= most / 2) {
            told.set(false);
        }
    }
}
