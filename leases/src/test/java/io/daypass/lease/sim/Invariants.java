package io.daypass.lease.sim;

import io.daypass.outbox.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What must be true after every step: the properties of the model, and that rows only move forward. */
final class Invariants {
    private static final int ACTIVE = 1;
    private static final int REVOKING = 2;

    private final World world;
    private final Connection connection;
    private final Set<Long> gone = new HashSet<>();
    private Map<Long, Row> rows = new HashMap<>();

    Invariants(World world, Connection connection) {
        this.world = world;
        this.connection = connection;
    }

    private record Row(long n, long parent, int state, boolean mintOver, long expiresAt) {}

    /** Looks at the rows that are there now. Nothing may be under way on the connection. */
    void afterCommit() throws SQLException {
        Map<Long, Row> now = read();
        now.values().forEach(row -> {
            Row before = rows.get(row.n);
            if (before != null) {
                require(
                        row.state >= before.state
                                && row.expiresAt >= before.expiresAt
                                && (row.mintOver || !before.mintOver),
                        () -> "rows move forward only: " + before + " became " + row);
            }
            require(!gone.contains(row.n), () -> "S6: a number is given once: " + row);
            require(row.parent == 0 || now.containsKey(row.parent), () -> "S5: no row outlives its parent: " + row);
        });
        rows.values().forEach(before -> {
            if (!now.containsKey(before.n)) {
                boolean expired = before.state == ACTIVE
                        && world.target(world.mount(before.n)) == null
                        && before.expiresAt <= world.newestStoreTime();
                require(before.state == REVOKING || expired, () -> "only what was ending goes: " + before);
                gone.add(before.n);
            }
        });
        rows = now;
    }

    /** Looks at everything else. */
    void afterStep() {
        String violation = world.violation();
        require(violation == null, () -> String.valueOf(violation));
        for (Target target : world.targets()) {
            for (long handle : target.handles()) {
                require(rows.containsKey(handle), () -> "S1, S4: credential " + handle + " has no row");
            }
        }
        world.promises().forEach(this::holds);
    }

    boolean nothingIsLeft() {
        return rows.isEmpty()
                && world.targets().stream().allMatch(target -> target.handles().isEmpty());
    }

    /** Which events there were, and for what causes leases ended. */
    Set<String> told() throws SQLException {
        Set<String> told = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "select distinct type, case type when 4 then detail else '' end from outbox");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                told.add((Event.Type.of(result.getInt(1)) + " " + result.getString(2)).strip());
            }
        }
        return told;
    }

    String left() {
        return "rows " + rows.values();
    }

    private void holds(long n, World.Promise promise) {
        boolean over =
                world.newestStoreTime() >= promise.until() || world.scheduler().now() >= promise.atLeast();
        if (over || world.isAsked(n)) {
            return;
        }
        Row row = rows.get(n);
        require(
                row != null && row.state == ACTIVE,
                () -> "S2: lease " + n + " was promised until later; its row: " + row);
        Target target = world.target(world.mount(n));
        if (target != null) {
            boolean there = world.clockJumped() ? target.holds(n) : target.works(n);
            require(there, () -> "S2: credential " + n + " was promised until later, and doesn't work");
        }
    }

    private Map<Long, Row> read() throws SQLException {
        Map<Long, Row> read = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("select n, parent, state, mint_over, expires_at from lease");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                Row row = new Row(
                        result.getLong(1),
                        result.getLong(2),
                        result.getInt(3),
                        result.getBoolean(4),
                        result.getLong(5));
                read.put(row.n, row);
            }
        }
        connection.rollback();
        return read;
    }

    private static void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }
}
