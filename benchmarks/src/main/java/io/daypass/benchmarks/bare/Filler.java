package io.daypass.benchmarks.bare;

import io.daypass.lease.Admission;
import io.daypass.lease.Afterlife;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.NewLease;
import io.daypass.lease.Serials;
import io.daypass.lease.Store;
import io.daypass.lease.Terms;
import io.daypass.lease.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fills a table with leases faster than they could be asked for, through the store's own interface while no broker
 * runs: leases that the broker has issued, again, with other numbers, serials, parents and ends. What is sealed in them is bound
 * to the old number and can't be opened, which nobody tries for leases without effect.
 */
public final class Filler {
    private static final int UNDER_WAY = 8_192;

    private final Path data;
    private final String path;

    /**
     * @param data the store's directory
     * @param path the issue path, or what it begins with, of the leases to be copied
     */
    public Filler(Path data, String path) {
        this.data = data;
        this.path = path;
    }

    /**
     * Fills. Blocks.
     *
     * @param count how many
     * @param ends when the lease of that index expires
     */
    public void add(long count, LongFunction<Instant> ends) throws InterruptedException {
        try (Store store = SqliteStore.open(data, InstantSource.system())) {
            LeaseTable leases = store.leases();
            List<Lease> models = leases.list(LeaseFilter.under(path), 0, 1_000)
                    .toCompletableFuture()
                    .join();
            if (models.isEmpty()) {
                throw new IllegalStateException("no lease under " + path + " to copy");
            }
            Serials serials = leases.serials(models.get(0).source().mount())
                    .toCompletableFuture()
                    .join();
            SplittableRandom random = new SplittableRandom(7);
            Semaphore room = new Semaphore(UNDER_WAY);
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            for (long i = 0; i < count && failure.get() == null; i++) {
                Lease model = models.get(random.nextInt(models.size()));
                room.acquire();
                leases.issue(copy(model, leases.next(), serials, ends.apply(i)), Terms.DEFAULT.slack())
                        .whenComplete((admission, error) -> {
                            if (error != null) {
                                failure.set(error);
                            } else if (admission != Admission.BEGUN) {
                                failure.set(new IllegalStateException("a lease was not admitted: " + admission));
                            }
                            room.release();
                        });
            }
            room.acquire(UNDER_WAY);
            Throwable why = failure.get();
            if (why != null) {
                throw new IllegalStateException("the table could not be filled", why);
            }
        }
    }

    private static NewLease copy(Lease model, long n, Serials serials, Instant end) {
        Instant now = Instant.now();
        return new NewLease(
                n,
                model.source(),
                model.parent(),
                now,
                now,
                end,
                end,
                model.holder(),
                model.reason(),
                model.renewable(),
                model.usesLeft(),
                model.tag(),
                false,
                model.keyVersion(),
                model.sealed(),
                after(model, serials, end));
    }

    /** What is to be listed gets a serial of its own, and is listed for as long after its end as the model. */
    private static Afterlife after(Lease model, Serials serials, Instant end) {
        Instant listed = model.after().listedUntil();
        return listed == null
                ? Afterlife.NONE
                : new Afterlife(
                        serials.next(),
                        model.after().issuer(),
                        end.plus(Duration.between(model.expiresAt(), listed)),
                        null);
    }
}
