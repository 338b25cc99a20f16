package io.daypass.engine.database;

import io.daypass.plugin.Batch;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mint;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Resources;
import io.daypass.plugin.Route;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Watchable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;

/** A mount whose tables are maps. What the broker does around an engine is the broker's own tests' matter. */
final class MemoryMount implements Mount {
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    final Map<String, Entries<?>> collections = new HashMap<>();
    final Map<String, Run> actions = new HashMap<>();
    final Map<String, Due> due = new HashMap<>();
    final Map<String, Task<?>> tasks = new HashMap<>();
    final Map<String, Read<?>> reads = new HashMap<>();
    final MemoryLeases<DatabaseUser> leases = new MemoryLeases<>();
    final RecordingConnector connector = new RecordingConnector();
    double bits = 190;
    Instant now = NOW;
    private int drawn;

    /** A table with its check. */
    static final class Entries<T extends Record> implements Table<T> {
        private final Map<String, T> entries = new TreeMap<>();
        private final Check<T> check;

        Entries(Check<T> check) {
            this.check = check;
        }

        /** As a write over HTTP does it: checked, then stored, unless the check has changed the entry: begun anew then. */
        List<String> write(String name, T entry) throws Exception {
            Optional<T> before = find(name);
            List<String> warnings = check.check(name, entry, soon());
            if (find(name).equals(before)) {
                entries.put(name, entry);
            }
            return warnings;
        }

        @Override
        public T named(String name) {
            return find(name).orElseThrow(() -> new Invalid("name", "there is no " + name));
        }

        @Override
        public T only() {
            return named("");
        }

        @Override
        public Optional<T> find(String name) {
            return Optional.ofNullable(entries.get(name));
        }

        @Override
        public Map<String, T> all() {
            return Map.copyOf(entries);
        }

        @Override
        public T update(String name, UnaryOperator<T> change) {
            T changed = change.apply(named(name));
            entries.put(name, changed);
            return changed;
        }

        @Override
        public T update(String name, UnaryOperator<T> change, Function<T, @Nullable String> event) {
            return update(name, change);
        }

        @Override
        public void put(String name, T entry) {
            entries.put(name, entry);
        }

        @Override
        public boolean remove(String name) {
            return entries.remove(name) != null;
        }
    }

    static Deadline soon() {
        return new Deadline(NOW.plusSeconds(10), () -> NOW);
    }

    @Override
    public <T extends Record, S extends Record> Table<T> collection(
            String path, Class<T> entry, Check<T> check, Class<S> shown, Function<T, S> show) {
        Entries<T> table = new Entries<>(check);
        collections.put(path, table);
        return table;
    }

    // The test says which of the two kinds it wants, and there is one engine.
    @SuppressWarnings("unchecked")
    @Override
    public <H extends Record> Leases<H> leases(String kind, Class<H> handle, End<H> end) {
        return (Leases<H>) leases;
    }

    @Override
    public <H extends Record> Leases<H> leases(String kind, Class<H> handle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Record> Table<T> table(String name, Class<T> entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Route action(String path, Run run) {
        actions.put(path, run);
        return closed();
    }

    private static Route closed() {
        return new Route() {
            @Override
            public Route open() {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public <P extends Record, A extends Record> Route action(
            String path, Class<P> params, Class<A> answer, Action<P, A> action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <A extends Record> Route read(String path, Class<A> answer, Read<A> read) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Route remove(String path, Run run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void document(String path, String contentType, Read<byte[]> bytes, Watchable... of) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <A extends Record> void watched(String path, Class<A> answer, Read<A> read, Watchable... of) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Record> Due whenDue(Table<T> entries, Function<T, Optional<Instant>> due, Task<T> task) {
        String path = pathOf(entries);
        Due chore = (name, deadline) -> {
            T entry = entries.named(name);
            if (due.apply(entry).filter(at -> !at.isAfter(now)).isPresent()) {
                task.run(name, entry, deadline);
            }
        };
        this.due.put(path, chore);
        tasks.put(path, task);
        return chore;
    }

    private String pathOf(Table<?> entries) {
        return collections.entrySet().stream()
                .filter(each -> each.getValue() == entries)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public <T extends Record> void home(Table<T> entries, Table<?> targets, Function<T, String> name) {}

    @Override
    public <T extends Record> void deletionWarns(Table<T> entries, Function<T, String> warning) {}

    @Override
    public <A extends Record> Route reveal(String path, Class<A> answer, Read<A> read) {
        reads.put(path, read);
        return closed();
    }

    @Override
    public <I, A extends Record> Batch<I, A> batch(int most, Function<I, Object> alike, MintAll<I, A> mintAll) {
        return item ->
                (Mint<A>) deadline -> mintAll.mintAll(List.of(item), deadline).get(0);
    }

    @Override
    public <T extends Record, R extends AutoCloseable> Resources<R> perEntry(Table<T> table, Function<T, R> open) {
        return new Resources<>() {
            @Override
            public R of(String name) {
                return open.apply(table.named(name));
            }

            @Override
            public void reopen(String name) {
                table.named(name);
            }

            @Override
            public <A> Map<String, A> look(Function<R, Optional<A>> at) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public void gauge(String name, String about, Supplier<Map<String, Double>> read) {}

    @Override
    public <E extends ExtensionPoint> List<E> extensions(Class<E> point) {
        return List.of(point.cast(connector));
    }

    @Override
    public Secret password(int length, String alphabet) {
        drawn++;
        return Secret.of((drawn + "x".repeat(length)).substring(0, length));
    }

    @Override
    public void checkNameTemplate(String template) {
        if (template.contains("{{bad}}")) {
            throw new Invalid("username_template", "is bad");
        }
    }

    @Override
    public Secret password(String policy) {
        return Secret.of("by-" + policy);
    }

    @Override
    public double passwordBits(String policy) {
        return bits;
    }

    @Override
    public byte[] random(int bytes) {
        return new byte[bytes];
    }

    @Override
    public InstantSource clock() {
        return () -> now;
    }

    @Override
    public long lockKey(String name) {
        return name.hashCode();
    }
}
