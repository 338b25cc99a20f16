package io.daypass.lease.sim;

import io.daypass.lease.Admission;
import io.daypass.lease.Afterlife;
import io.daypass.lease.Bytes;
import io.daypass.lease.Cause;
import io.daypass.lease.LaneKey;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseState;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.Minting;
import io.daypass.lease.NewLease;
import io.daypass.lease.Reaper;
import io.daypass.lease.Source;
import io.daypass.lease.StoreClock;
import io.daypass.lease.sqlite.Settings;
import io.daypass.lease.sqlite.SqliteStore;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One run of a broker: the real table and reaper, and requests as the server would serve them. */
final class SimulatedBroker {
    private static final Duration MINT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final long GIVEN_UP = 12_000;
    private static final Settings SETTINGS = Settings.DEFAULT.portions(4, 4, 64);

    private final World world;
    private final Scheduler scheduler;
    private final Life life;
    private final StoreClock clock;
    private final LeaseTable table;

    /**
     * @param connection to what the broker before left
     * @param source its machine's clock
     * @param reapers more than one: they take the same rows, which must be safe
     */
    SimulatedBroker(World world, Life life, Connection connection, InstantSource source, int reapers, Flaw flaw) {
        this.world = world;
        this.scheduler = world.scheduler();
        this.life = life;
        SqliteStore store = SqliteStore.over(connection, source, SETTINGS, scheduler.inOrder(life));
        this.clock = store.clock();
        this.table = flaw.table(store.leases());
        for (int i = 0; i < reapers; i++) {
            SimulatedEnders enders = new SimulatedEnders(world, life, flaw == Flaw.EVERYTHING_IS_VOUCHED_FOR);
            Reaper reaper = new Reaper(table, clock, scheduler.random(), enders, World.TERMS);
            Alarm alarm = new Alarm(scheduler, life, reaper);
            store.outbox().listen(committed -> alarm.setFor(clock.until(committed.earliestDue())));
            alarm.setFor(Duration.ZERO);
        }
        table.closed().thenAccept(lanes -> lanes.forEach(lane -> end(LeaseFilter.in(lane), Cause.UNMOUNTED)));
    }

    StoreClock clock() {
        return clock;
    }

    /** Somebody asks for a lease. */
    void issue(String mount, long parent, Duration ttl) {
        table.find(parent).thenAccept(row -> {
            Instant now = clock.instant();
            Instant end = now.plus(ttl);
            Instant latest = row.map(Lease::expiresAt).orElse(Lease.NEVER);
            begin(mount, parent, now, end.isAfter(latest) ? latest : end);
        });
    }

    /** Somebody renews what they hold. */
    void renew(long n, Duration ttl) {
        table.find(n).thenAccept(row -> {
            if (row.isEmpty()) {
                return;
            }
            long parent = row.get().parent();
            CompletionStage<Optional<Lease>> above = table.find(parent);
            above.thenAccept(found -> renew(row.get(), found, ttl));
        });
    }

    /** Somebody ends what they hold. */
    void revoke(long n) {
        world.ask(n);
        table.revoke(n, Cause.REVOKED);
    }

    /** Somebody takes a mount away: it is closed durably first. */
    void unmount(String mount) {
        world.unmount(mount);
        LaneKey lane = new LaneKey(mount, "");
        table.close(lane).thenAccept(done -> end(LeaseFilter.in(lane), Cause.UNMOUNTED));
    }

    /** An operator gives up on what is ending there; it ends all the same. */
    void giveUp(String mount) {
        table.giveUp(LeaseFilter.in(new LaneKey(mount, "")));
    }

    private void end(LeaseFilter filter, Cause cause) {
        table.revoke(filter, cause).whenComplete((count, failed) -> {
            if (failed != null) {
                after(Duration.ofSeconds(1), () -> end(filter, cause));
            }
        });
    }

    private void begin(String mount, long parent, Instant now, Instant end) {
        long n = table.next();
        world.drafted(n, parent, mount);
        boolean token = mount.equals(World.TOKENS);
        boolean effect = world.target(mount) != null;
        NewLease draft = new NewLease(
                n,
                new Source(mount + "/new", mount, token ? "token" : effect ? "user" : "key", ""),
                parent,
                now.plus(MINT),
                now,
                end,
                now.plus(LONGEST),
                "somebody",
                null,
                true,
                0,
                token ? Bytes.of(new byte[] {(byte) n, (byte) (n >> 8)}) : Bytes.EMPTY,
                token,
                1,
                Bytes.EMPTY,
                Afterlife.NONE);
        if (effect) {
            table.begin(draft).thenAccept(admission -> {
                if (admission == Admission.BEGUN) {
                    mint(draft);
                }
            });
        } else {
            table.issue(draft, World.TERMS.slack()).thenAccept(admission -> {
                if (admission == Admission.BEGUN) {
                    reply(n, end);
                }
            });
        }
    }

    private void mint(NewLease draft) {
        Minting minting = new Minting(table, draft.n(), World.TERMS.slack());
        if (life.isOver()) {
            return;
        }
        if (!clock.instant().isBefore(draft.mintDeadline())) {
            minting.refused("it is too late: nothing was sent");
            return;
        }
        world.sending(draft.n());
        long until = draft.expiresAt().plus(World.TERMS.slack()).toEpochMilli();
        Consumer<Target.Answer> answer = given -> soon(() -> minted(minting, draft, given));
        world.targetOf(draft.n()).mint(draft.n(), draft.mintDeadline().toEpochMilli(), until, answer);
        after(Duration.ofMillis(GIVEN_UP), () -> minting.unknown("no answer in time"));
    }

    private void minted(Minting minting, NewLease draft, Target.Answer answer) {
        switch (answer) {
            case REFUSED -> minting.refused("a syntax error");
            case UNKNOWN -> minting.unknown("no connection");
            case MINTED ->
                minting.returned().thenAccept(outcome -> {
                    if (outcome == Minting.Outcome.ACTIVE) {
                        deliver(minting, draft);
                    }
                });
        }
    }

    private void deliver(Minting minting, NewLease draft) {
        soon(() -> {
            if (scheduler.chance(5)) {
                world.ask(draft.n());
                minting.undelivered();
            } else {
                reply(draft.n(), draft.expiresAt());
            }
        });
    }

    /** What a client reads is worked out as it is written. */
    private void reply(long n, Instant end) {
        if (!life.isOver()) {
            long seconds = Duration.between(clock.instant(), end).toSeconds();
            world.promised(n, end.toEpochMilli(), scheduler.now() + Math.max(0, seconds) * 1000);
        }
    }

    private void renew(Lease lease, Optional<Lease> parent, Duration ttl) {
        Instant now = clock.instant();
        Instant end = least(
                now.plus(ttl),
                lease.maxExpiresAt(),
                parent.map(Lease::expiresAt).orElse(Lease.NEVER));
        if (life.isOver()
                || lease.state() != LeaseState.ACTIVE
                || !lease.expiresAt().isAfter(now)) {
            return;
        }
        Target target = world.target(lease.source().mount());
        if (target == null) {
            write(lease.n(), end);
            return;
        }
        target.extend(
                lease.n(),
                end.plus(World.TERMS.slack()).toEpochMilli(),
                there -> soon(() -> {
                    if (there) {
                        write(lease.n(), end);
                    } else {
                        table.revoke(lease.n(), Cause.VANISHED);
                    }
                }));
    }

    private void write(long n, Instant end) {
        table.renew(n, end, World.TERMS.slack()).thenAccept(renewed -> {
            if (renewed) {
                reply(n, end);
            }
        });
    }

    private void soon(Runnable work) {
        scheduler.soon(life, work);
    }

    private void after(Duration wait, Runnable work) {
        scheduler.after(life, wait.toMillis(), work);
    }

    private static Instant least(Instant one, Instant two, Instant three) {
        Instant least = one.isBefore(two) ? one : two;
        return least.isBefore(three) ? least : three;
    }
}
