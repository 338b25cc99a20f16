package io.daypass.broker.mount;

import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.bind.Printable;
import io.daypass.broker.mount.guard.Drafting;
import io.daypass.entry.Notice;
import io.daypass.lease.Source;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Table;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of one collection: sealed in the store, and in clear in memory while the mount is open. What is in memory
 * only moves to higher versions.
 */
final class HostTable<T extends Record> implements Table<T>, Signal.Of {
    private static final Logger LOG = LoggerFactory.getLogger(HostTable.class);
    private static final int TRIES = 8;

    private final String what;
    private final String prefix;
    private final boolean single;
    private final Binder<T> binder;
    private final SealedTrees entries;
    private final Function<String, Source> place;
    private final Signal signal = new Signal();
    private final Map<String, Held<T>> held = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private boolean targets;
    private @Nullable Function<T, String> home;
    private @Nullable Function<T, String> deletionWarning;
    private Function<String, CompletionStage<List<String>>> due = name -> CompletableFuture.completedFuture(List.of());

    /**
     * @param what one entry is called in errors
     * @param prefix of its paths in the store
     * @param single whether there is one entry, without a name
     * @param place where an entry is, for events
     */
    HostTable(
            String what,
            String prefix,
            boolean single,
            Binder<T> binder,
            SealedTrees entries,
            Function<String, Source> place) {
        this.what = what;
        this.prefix = prefix;
        this.single = single;
        this.binder = binder;
        this.entries = entries;
        this.place = place;
    }

    /**
     * An entry in memory.
     *
     * @param version in the store; 0: there is none
     * @param value null: there is none, or it can't be read
     */
    record Held<T>(long version, @Nullable T value) {}

    /** What the paths of its entries in the store begin with. */
    String prefix() {
        return prefix;
    }

    /** Reads all entries. One that can't be read is named in the log, and can be written anew. */
    CompletionStage<Void> load() {
        return entries.all(prefix).thenAccept(all -> all.forEach(this::take));
    }

    /** Reads one entry anew. */
    CompletionStage<Void> reload(String name) {
        return entries.find(prefix + name).thenAccept(found -> {
            if (found.isPresent()) {
                take(found.get());
            } else {
                held.remove(name);
                changed(name);
            }
        });
    }

    private void take(SealedTrees.Opened opened) {
        String name = opened.path().substring(prefix.length());
        if (name.isEmpty() != single || name.contains("/")) {
            // It belongs to a collection whose path begins with this one's.
            return;
        }
        T value = null;
        String problem = opened.problem();
        try {
            value = problem.isEmpty() ? binder.restore(opened.tree()) : null;
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        if (!problem.isEmpty()) {
            LOG.atError()
                    .addKeyValue("entry", opened.path())
                    .addKeyValue("problem", problem)
                    .log("an entry can't be read; write it again");
        }
        keep(name, new Held<>(opened.version(), value));
    }

    private void keep(String name, Held<T> fresh) {
        held.merge(name, fresh, (old, better) -> better.version() > old.version() ? better : old);
        changed(name);
    }

    private void changed(String name) {
        signal.fire();
        listeners.forEach(listener -> listener.accept(name));
    }

    /** Is told the name of each entry that has changed. */
    void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** The entry as it is in memory. */
    Held<T> held(String name) {
        return held.getOrDefault(name, new Held<>(0, null));
    }

    /** The names of entries that are stored and can't be read. */
    List<String> unreadable() {
        return held.entrySet().stream()
                .filter(entry ->
                        entry.getValue().version() > 0 && entry.getValue().value() == null)
                .map(entry -> single ? what : what + " " + entry.getKey())
                .toList();
    }

    /** Writes an entry over the version that was read. False: there is another one now. */
    CompletionStage<Boolean> put(String name, long expected, T value) {
        return entries.put(prefix + name, expected, binder.stored(value))
                .thenApply(done -> kept(name, expected, value, done));
    }

    private boolean kept(String name, long expected, T value, boolean done) {
        if (done) {
            keep(name, new Held<>(expected + 1, value));
        }
        return done;
    }

    /** Says how what is due to an entry is done; it answers warnings. */
    void onDue(Function<String, CompletionStage<List<String>>> settle) {
        due = settle;
    }

    /** Does what is due to an entry. */
    CompletionStage<List<String>> settle(String name) {
        return due.apply(name);
    }

    @Override
    public Signal signal() {
        return signal;
    }

    /** Removes an entry, whatever its version. False: there was none. */
    CompletionStage<Boolean> discard(String name) {
        return discard(name, TRIES);
    }

    private CompletionStage<Boolean> discard(String name, int tries) {
        long version = held(name).version();
        if (version == 0) {
            return CompletableFuture.completedFuture(false);
        }
        return entries.remove(prefix + name, version).thenCompose(done -> {
            if (done) {
                held.remove(name);
                changed(name);
                return CompletableFuture.completedFuture(true);
            }
            if (tries == 0) {
                return CompletableFuture.failedFuture(contested(name));
            }
            return reload(name).thenCompose(reloaded -> discard(name, tries - 1));
        });
    }

    private IllegalStateException contested(String name) {
        return new IllegalStateException(what + " " + name + " is changed by others all the time");
    }

    Binder<T> binder() {
        return binder;
    }

    String what() {
        return what;
    }

    /** Whether there is an entry of that name, readable or not. */
    boolean has(String name) {
        return held(name).version() > 0;
    }

    /** Says that leases live in what the entries stand for. */
    void markAsTargets() {
        targets = true;
    }

    /** Whether leases live in what the entries stand for. */
    boolean areTargets() {
        return targets;
    }

    /** Says in which target an entry is at home. */
    void home(Function<T, String> home) {
        this.home = home;
    }

    /** The lane of what is done to an entry; empty: the mount's own. */
    String lane(String name) {
        if (targets) {
            return name;
        }
        Function<T, String> known = home;
        return known == null ? "" : find(name).map(known).orElse("");
    }

    /** Says what whoever deletes an entry is told. */
    void deletionWarning(Function<T, String> warning) {
        deletionWarning = warning;
    }

    /** What whoever deletes an entry is told. */
    List<String> deletionWarnings(String name) {
        Function<T, String> warning = deletionWarning;
        return warning == null ? List.of() : find(name).map(warning).stream().toList();
    }

    /** Every secret that the entries hold. */
    Collection<String> secrets() {
        if (!binder.holdsSecrets()) {
            return Set.of();
        }
        Set<String> secrets = new HashSet<>();
        all().values().forEach(value -> secrets.addAll(binder.secrets(value)));
        return secrets;
    }

    /** Forgets what is in memory. */
    void clear() {
        held.clear();
    }

    @Override
    public T named(String name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    private Invalid missing(String name) {
        return new Invalid(what, "there is no " + what + " '" + Printable.of(name) + "'");
    }

    @Override
    public T only() {
        return find("").orElseThrow(() -> new Invalid(what, "has not been written yet"));
    }

    @Override
    public Optional<T> find(String name) {
        return Optional.ofNullable(held(name).value());
    }

    @Override
    public Map<String, T> all() {
        Map<String, T> all = new TreeMap<>();
        held.forEach((name, entry) -> {
            if (entry.value() != null) {
                all.put(name, entry.value());
            }
        });
        return Collections.unmodifiableMap(all);
    }

    @Override
    public T update(String name, UnaryOperator<T> change) {
        return update(name, change, changed -> null);
    }

    @Override
    public T update(String name, UnaryOperator<T> change, Function<T, @Nullable String> event) {
        Drafting.refuse("Table.update");
        for (int i = 0; i < TRIES; i++) {
            Held<T> newest = held(name);
            if (newest.value() == null) {
                throw missing(name);
            }
            T changed = change.apply(newest.value());
            String text = event.apply(changed);
            if (text != null && changed.equals(newest.value())) {
                return changed;
            }
            CompletionStage<Boolean> written = text == null
                    ? put(name, newest.version(), changed)
                    : put(name, newest.version(), changed, new Notice(place.apply(name), text));
            if (Blocking.await(written)) {
                return changed;
            }
            Blocking.await(reload(name).thenApply(reloaded -> true));
        }
        throw contested(name);
    }

    private CompletionStage<Boolean> put(String name, long expected, T value, Notice notice) {
        return entries.put(prefix + name, expected, binder.stored(value), notice)
                .thenApply(done -> kept(name, expected, value, done));
    }

    @Override
    public void put(String name, T entry) {
        Drafting.refuse("Table.put");
        if (single != name.isEmpty() || (!single && !EntryNames.isName(name))) {
            throw new Invalid(what, EntryNames.RULE);
        }
        for (int i = 0; i < TRIES; i++) {
            if (Blocking.await(put(name, held(name).version(), entry))) {
                return;
            }
            Blocking.await(reload(name).thenApply(reloaded -> true));
        }
        throw contested(name);
    }

    @Override
    public boolean remove(String name) {
        Drafting.refuse("Table.remove");
        return Blocking.await(discard(name));
    }
}
