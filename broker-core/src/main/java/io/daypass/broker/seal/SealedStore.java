package io.daypass.broker.seal;

import io.daypass.entry.Entry;
import io.daypass.entry.EntryStore;
import io.daypass.entry.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The entry store through the barrier: each value sealed at its place, each change naming the version it replaces. */
public final class SealedStore {
    private static final int PAGE = 500;

    private final EntryStore store;
    private final Barrier barrier;

    /**
     * @param store where values are kept
     * @param barrier that seals them
     */
    public SealedStore(EntryStore store, Barrier barrier) {
        this.store = store;
        this.barrier = barrier;
    }

    /**
     * A value as it is stored.
     *
     * @param path its name
     * @param version grows with each change
     * @param plain its bytes; null if they can't be read
     */
    @SuppressWarnings("ArrayRecordComponent") // Made here, read once, never compared.
    public record Opened(String path, long version, byte @Nullable [] plain) {}

    /** The value of that name. */
    public CompletionStage<Optional<Opened>> find(String path) {
        return store.find(path).thenApply(found -> found.map(this::open));
    }

    /** All whose name begins so, in order. */
    public CompletionStage<List<Opened>> all(String prefix) {
        return page(prefix, "", new ArrayList<>());
    }

    private CompletionStage<List<Opened>> page(String prefix, String after, List<Opened> into) {
        return store.list(prefix, after, PAGE).thenCompose(page -> {
            page.forEach(entry -> into.add(open(entry)));
            return page.size() < PAGE
                    ? CompletableFuture.completedFuture(into)
                    : page(prefix, page.get(page.size() - 1).path(), into);
        });
    }

    /**
     * Writes a value.
     *
     * @param expected the version that it replaces; 0: there is none
     * @return false: another one is there
     */
    public CompletionStage<Boolean> put(String path, long expected, byte[] plain) {
        Barrier.Sealed sealed = barrier.seal(plain, place(path));
        return store.put(path, expected, sealed.keyVersion(), sealed.bytes());
    }

    /** The same, with an event in the same commit. */
    public CompletionStage<Boolean> put(String path, long expected, byte[] plain, Notice notice) {
        Barrier.Sealed sealed = barrier.seal(plain, place(path));
        return store.put(path, expected, sealed.keyVersion(), sealed.bytes(), notice);
    }

    /**
     * Removes a value.
     *
     * @return false: another version than the expected one is there, or none
     */
    public CompletionStage<Boolean> remove(String path, long expected) {
        return store.remove(path, expected);
    }

    private Opened open(Entry entry) {
        try {
            byte[] plain = barrier.open(entry.keyVersion(), entry.sealed(), place(entry.path()));
            return new Opened(entry.path(), entry.version(), plain);
        } catch (Barrier.UnreadableException e) {
            return new Opened(entry.path(), entry.version(), null);
        }
    }

    private static String place(String path) {
        return "entry/" + path;
    }
}
