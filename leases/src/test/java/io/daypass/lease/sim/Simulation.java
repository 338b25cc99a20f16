package io.daypass.lease.sim;

import io.daypass.lease.StoreException;
import io.daypass.lease.sqlite.SqliteStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two minutes of a broker's life as a seed plays them, and then as long as it takes until everything has ended. During
 * the first part anything may fail; in the second nothing does any more.
 */
final class Simulation {
    private static final long TROUBLE = 120_000;
    private static final long END = Duration.ofHours(3).toMillis();
    private static final int EVENTS = 40;

    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final World world;
    private final Flaw flaw;
    private final Connection connection = SqliteStore.memory();
    private final Invariants invariants;
    private final boolean jumps;
    private final int reapers;
    private final double faults;
    private boolean troubled = true;
    private boolean committed;
    private long clockOffset;
    private Life life = new Life();
    private @Nullable SimulatedBroker broker;

    private Simulation(long seed, Flaw flaw) {
        this.scheduler = new Scheduler(seed);
        this.random = scheduler.random();
        this.world = new World(scheduler);
        this.flaw = flaw;
        this.invariants = new Invariants(world, connection);
        this.jumps = scheduler.chance(20);
        this.reapers = scheduler.chance(25) ? 2 : 1;
        this.faults = scheduler.chance(50) ? 1.5 : 0;
    }

    /**
     * A seed that was played.
     *
     * @param trace a number that depends on every step
     * @param told which events there were
     */
    record Played(long trace, Set<String> told) {}

    /**
     * Plays a seed to its end.
     *
     * @return what came of it
     * @throws AssertionError if anything that must hold didn't
     */
    static Played run(long seed, Flaw flaw) throws SQLException {
        Simulation simulation = new Simulation(seed, flaw);
        try {
            simulation.play();
            return new Played(simulation.scheduler.trace(), simulation.invariants.told());
        } finally {
            simulation.connection.close();
        }
    }

    private void play() throws SQLException {
        connection.setAutoCommit(false);
        long start = scheduler.now();
        startBroker();
        for (int i = 0; i < 3; i++) {
            request(0, some -> some.issue(World.TOKENS, 0, Duration.ofSeconds(30 + random.nextInt(120))));
        }
        for (int i = 0; i < EVENTS; i++) {
            scheduler.after(Life.WORLD, random.nextLong(TROUBLE), this::anything);
        }
        while (scheduler.now() < start + TROUBLE && scheduler.step()) {
            check();
        }
        recover();
        while (!invariants.nothingIsLeft()) {
            if (!scheduler.step() || scheduler.now() > start + END) {
                throw new AssertionError("L1: not everything that ended is gone: " + invariants.left());
            }
            check();
        }
    }

    private void check() throws SQLException {
        SimulatedBroker running = broker;
        if (running != null && (committed || isRunning())) {
            world.storeShows(running.clock().instant().toEpochMilli());
        }
        if (committed) {
            committed = false;
            invariants.afterCommit();
        }
        invariants.afterStep();
    }

    private boolean isRunning() {
        return !life.isOver() && !life.isStopped(scheduler.now());
    }

    private void anything() {
        int what = random.nextInt(100);
        if (what < 45) {
            issue();
        } else if (what < 62) {
            some(held -> request(0, running -> running.renew(held, ttl())));
        } else if (what < 74) {
            some(held -> request(0, running -> running.revoke(held)));
        } else if (what < 82) {
            kill();
        } else if (what < 87) {
            life.stopUntil(scheduler.now() + random.nextInt(60_000));
        } else if (what < 93) {
            world.targetNamed(World.FENCED).goAway(random.nextInt(40_000));
        } else if (what < 95) {
            some(held -> world.targetNamed(World.FENCED).clingTo(held));
        } else if (what < 96) {
            request(0, running -> running.giveUp(World.FENCED));
        } else if (what < 98) {
            request(0, running -> running.unmount(scheduler.chance(50) ? World.FENCED : World.KEYS));
        } else if (jumps) {
            world.clockJumps();
            clockOffset = (random.nextInt(3) - 1) * Duration.ofHours(1).toMillis();
        } else {
            kill();
        }
    }

    private void issue() {
        List<Long> tokens = world.held(true);
        long parent = tokens.isEmpty() || scheduler.chance(10) ? 0 : tokens.get(random.nextInt(tokens.size()));
        int what = random.nextInt(10);
        // Without a fence everything rests on waiting, which is worth nothing if the clock jumps.
        String other = jumps ? World.KEYS : World.PLAIN;
        String mount = what < 5 ? World.FENCED : what < 7 ? other : what < 8 ? World.KEYS : World.TOKENS;
        request(0, running -> running.issue(mount, parent, ttl()));
    }

    private Duration ttl() {
        return Duration.ofSeconds(1 + random.nextInt(60));
    }

    private void some(Consumer<Long> what) {
        List<Long> held = world.held(scheduler.chance(25));
        if (!held.isEmpty()) {
            what.accept(held.get(random.nextInt(held.size())));
        }
    }

    private void request(long delay, Consumer<SimulatedBroker> what) {
        SimulatedBroker running = broker;
        if (running != null && !life.isOver()) {
            scheduler.after(life, delay, () -> what.accept(running));
        }
    }

    private void kill() {
        if (life.isOver()) {
            return;
        }
        life.end();
        scheduler.after(Life.WORLD, random.nextInt(30_000), this::startBroker);
    }

    private void startBroker() {
        life = new Life();
        try {
            connection.rollback();
            broker = new SimulatedBroker(
                    world,
                    life,
                    FaultyConnection.of(connection, new Faults(life)),
                    () -> Instant.ofEpochMilli(scheduler.now() + clockOffset),
                    reapers,
                    flaw);
        } catch (StoreException e) {
            // The disk failed as the store was opened: somebody tries again.
            life.end();
            scheduler.after(Life.WORLD, 1000, this::startBroker);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void recover() {
        troubled = false;
        world.targets().forEach(Target::recover);
    }

    /** Failing commits of one life, the last of which may be its end. */
    private final class Faults implements FaultyConnection.Faults {
        private final Life mine;

        Faults(Life mine) {
            this.mine = mine;
        }

        @Override
        public boolean before() {
            return troubled && scheduler.chance(faults);
        }

        @Override
        public boolean after() {
            committed = true;
            if (!troubled || !scheduler.chance(faults)) {
                return false;
            }
            if (scheduler.chance(50) && mine == life && broker != null) {
                kill();
            }
            return true;
        }
    }
}
