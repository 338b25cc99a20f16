package io.daypass.lease.sqlite;

import io.daypass.lease.Serials;
import io.daypass.lease.StoreException;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of leases, or of what one mount makes, each given once. A block of them is moved durably before the first one is given, the next
 * when half of it is used up; what a stopped broker had left of its block is never used.
 */
final class Numbers implements Serials {
    private static final String LEASES = "numbers";

    private final String counter;
    private final int block;
    private final Writer writer;
    private final AtomicLong given;
    private final AtomicBoolean moving = new AtomicBoolean();
    private volatile long ceiling;

    private Numbers(String counter, int block, Writer writer, long given) {
        this.counter = counter;
        this.block = block;
        this.writer = writer;
        this.given = new AtomicLong(given);
        this.ceiling = given + block;
    }

    /** Moves the first block of this run of the numbers of leases. Blocks, and commits. */
    static Numbers open(Session session, Writer writer, int block) throws SQLException {
        long counted = session.number("select value from counter where name = 'numbers'")
                .orElseThrow();
        long inUse = session.number("select max(n) from lease").orElse(0);
        long from = Math.max(counted, inUse);
        session.update("update counter set value = ? where name = 'numbers'", from + block);
        session.commit();
        return new Numbers(LEASES, block, writer, from);
    }

    /** Moves the first block of this run of the serials of one mount. */
    static CompletionStage<Serials> ofMount(String mount, Writer writer, int block) {
        String counter = "serial/" + mount;
        return writer.submit(change -> {
            Session session = change.session();
            session.update("insert or ignore into counter(name, value) values (?, 0)", counter);
            long counted = session.number("select value from counter where name = ?", counter)
                    .orElseThrow();
            session.update("update counter set value = ? where name = ?", counted + block, counter);
            return new Numbers(counter, block, writer, counted);
        });
    }

    @Override
    public long next() {
        while (true) {
            long last = given.get();
            long limit = ceiling;
            if (limit - last <= block / 2) {
                move();
            }
            if (last >= limit) {
                throw new StoreException("numbers are asked for faster than blocks of " + block
                        + " can be written; the disk is too slow for this load, or writing to it fails");
            }
            if (given.compareAndSet(last, last + 1)) {
                return last + 1;
            }
        }
    }

    private void move() {
        if (!moving.compareAndSet(false, true)) {
            return;
        }
        long to = ceiling + block;
        // Never back, and the same if an earlier attempt was durable although its commit seemed to fail.
        writer.submit(change ->
                        change.session().update("update counter set value = max(value, ?) where name = ?", to, counter))
                .whenComplete((met, failed) -> {
                    if (failed == null) {
                        ceiling = to;
                    }
                    moving.set(false);
                });
    }
}
