package io.daypass.broker.mount;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.daypass.broker.seal.SealedStore;
import io.daypass.entry.Notice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** JSON trees as sealed values. Doesn't block. */
final class SealedTrees {
    private static final JsonMapper JSON = new JsonMapper();

    private final SealedStore store;

    SealedTrees(SealedStore store) {
        this.store = store;
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
        return store.find(path).thenApply(found -> found.map(SealedTrees::open));
    }

    /** All whose name begins so, in order. */
    CompletionStage<List<Opened>> all(String prefix) {
        return store.all(prefix)
                .thenApply(all -> all.stream().map(SealedTrees::open).toList());
    }

    /** False: another version than the expected one is there. */
    CompletionStage<Boolean> put(String path, long expected, JsonNode tree) {
        return store.put(path, expected, bytes(tree));
    }

    /** The same, with an event in the same commit. */
    CompletionStage<Boolean> put(String path, long expected, JsonNode tree, Notice notice) {
        return store.put(path, expected, bytes(tree), notice);
    }

    /** False: another version than the expected one is there, or none. */
    CompletionStage<Boolean> remove(String path, long expected) {
        return store.remove(path, expected);
    }

    private static Opened open(SealedStore.Opened stored) {
        byte[] plain = stored.plain();
        if (plain != null) {
            try {
                return new Opened(stored.path(), stored.version(), tree(plain), "");
            } catch (IOException notJson) {
                // Said below, like bytes that can't be opened.
            }
        }
        String problem = "what is stored at " + stored.path() + " can't be read";
        return new Opened(stored.path(), stored.version(), MissingNode.getInstance(), problem);
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
