package io.daypass.broker.seal;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.daypass.entry.EntryStore;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Named values of one sort: sealed in the store, and all of them in memory. Hundreds, not millions. */
public final class SealedEntries<T> {
    private final SealedStore entries;
    private final String prefix;
    private final Function<T, byte[]> writer;
    private final BiFunction<String, byte[], T> reader;
    private final Map<String, Held<T>> held = new ConcurrentHashMap<>();

    /**
     * @param entries where they are kept
     * @param barrier that seals them
     * @param prefix of their paths, such as {@code policy/}
     * @param writer gives a value's bytes
     * @param reader makes a value of a name and bytes
     */
    public SealedEntries(
            EntryStore entries,
            Barrier barrier,
            String prefix,
            Function<T, byte[]> writer,
            BiFunction<String, byte[], T> reader) {
        this.entries = new SealedStore(entries, barrier);
        this.prefix = prefix;
        this.writer = writer;
        this.reader = reader;
    }

    /** Reads all of them. For when the barrier has been opened. */
    public Future<Void> load() {
        held.clear();
        return Stages.here(entries.all(prefix)).map(all -> {
            all.forEach(this::hold);
            return null;
        });
    }

    /** One that can't be read is no reason to go on without it: it may be what forbids something. */
    private void hold(SealedStore.Opened stored) {
        byte[] plain = stored.plain();
        if (plain == null) {
            throw new Barrier.UnreadableException(stored.path());
        }
        String name = stored.path().substring(prefix.length());
        held.put(name, new Held<>(reader.apply(name, plain), stored.version()));
    }

    /** Forgets all of them. For when it is sealed. */
    public void forget() {
        held.clear();
    }

    /** The value of that name. */
    public Optional<T> find(String name) {
        return Optional.ofNullable(held.get(name)).map(Held::value);
    }

    /** All names, in order. */
    public SortedSet<String> names() {
        return new TreeSet<>(held.keySet());
    }

    /** Writes a value, durably, over the one that is known here. */
    public Future<Void> write(String name, T value) {
        Held<T> known = held.get(name);
        long version = known == null ? 0 : known.version();
        return Stages.here(entries.put(prefix + name, version, writer.apply(value)))
                .map(written -> settled(written, name, new Held<>(value, version + 1)));
    }

    /** Removes a value, durably, if there is one. */
    public Future<Void> remove(String name) {
        Held<T> known = held.get(name);
        return known == null
                ? Future.succeededFuture()
                : Stages.here(entries.remove(prefix + name, known.version()))
                        .map(removed -> settled(removed, name, null));
    }

    private @Nullable Void settled(boolean done, String name, @Nullable Held<T> now) {
        if (!done) {
            throw ApiException.badRequest(
                    prefix + name + ": somebody else is writing it at the same time; read it, and write it again");
        }
        if (now == null) {
            held.remove(name);
        } else {
            held.put(name, now);
        }
        return null;
    }

    private record Held<T>(T value, long version) {}
}
