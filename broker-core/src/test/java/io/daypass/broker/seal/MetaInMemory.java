package io.daypass.broker.seal;

import io.daypass.entry.Entry;
import io.daypass.entry.EntryStore;
import io.daypass.entry.Notice;
import io.daypass.lease.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a store starts from, in memory; writing can be held up, and made to fail. */
final class MetaInMemory implements EntryStore {
    final Map<String, Bytes> values = new HashMap<>();
    CompletionStage<Void> gate = CompletableFuture.completedStage(null);

    @Override
    public CompletionStage<Optional<Bytes>> meta(String name) {
        return CompletableFuture.completedStage(Optional.ofNullable(values.get(name)));
    }

    @Override
    public CompletionStage<Void> putMeta(String name, Bytes value) {
        return gate.thenRun(() -> values.put(name, value));
    }

    @Override
    public CompletionStage<Optional<Entry>> find(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<Entry>> list(String prefix, String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> put(String path, long expected, int keyVersion, Bytes sealed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> put(String path, long expected, int keyVersion, Bytes sealed, Notice notice) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> remove(String path, long expected) {
        throw new UnsupportedOperationException();
    }
}
