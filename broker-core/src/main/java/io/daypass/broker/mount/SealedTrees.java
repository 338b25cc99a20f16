package io.daypass.broker.mount;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.daypass.broker.seal.Barrier;
import io.daypass.entry.Entry;
import io.daypass.entry.EntryStore;
import io.daypass.outbox.Notice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** JSON trees in the entry store, each sealed at its place. Doesn't block. */
final class SealedTrees {
    private static final int PAGE = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final EntryStore store;
    private final Barrier barrier;

    SealedTrees(EntryStore store, Barrier barrier) {
        this.store = store;
        this.barrier = barrier;
    }

    /**
     * One of them.
     *
     * @param path its name
     * @param version grows with each change
     * @param tree missing if it can't be read
     * @param problem why it can't be read; empty if it can
     */
    record Opened(String path, long version, JsonNode tree, String problem) {}

    CompletionStage<Optional<Opened>> find(String path) {
        return store.find(path).thenApply(found -> found.map(this::open));
    }

    /** All whose name begins so, in order. */
    CompletionStage<List<Opened>> all(String prefix) {
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

    /** False: another version than the expected one is there. */
    CompletionStage<Boolean> put(String path, long expected, JsonNode tree) {
        Barrier.Sealed sealed = barrier.seal(bytes(tree), place(path));
        return store.put(path, expected, sealed.keyVersion(), sealed.bytes());
    }

    /** The same, with an event in the same commit. */
    CompletionStage<Boolean> put(String path, long expected, JsonNode tree, Notice notice) {
        Barrier.Sealed sealed = barrier.seal(bytes(tree), place(path));
        return store.put(path, expected, sealed.keyVersion(), sealed.bytes(), notice);
    }

    /** False: another version than the expected one is there, or none. */
    CompletionStage<Boolean> remove(String path, long expected) {
        return store.remove(path, expected);
    }

    private Opened open(Entry entry) {
        try {
            byte[] plain = barrier.open(entry.keyVersion(), entry.sealed(), place(entry.path()));
            return new Opened(entry.path(), entry.version(), tree(plain), "");
        } catch (Barrier.UnreadableException | IOException e) {
            String problem = "what is stored at " + entry.path() + " can't be read";
            return new Opened(entry.path(), entry.version(), MissingNode.getInstance(), problem);
        }
    }

    private static String place(String path) {
        return "entry/" + path;
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can't be written", e);
        }
    }

    static JsonNode tree(byte[] plain) throws IOException {
        return JSON.readTree(plain);
    }
}
