package io.daypass.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Await;
import io.daypass.lease.Bytes;
import io.daypass.lease.StoreUnderTest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What any entry store must do. */
public interface EntryStoreContract {
    /** The store, empty. */
    StoreUnderTest table();

    private EntryStore entries() {
        return table().store().entries();
    }

    @Test
    default void put_namesTheVersionThatItReplaces() {
        Bytes one = Bytes.ofHex("01");
        Bytes two = Bytes.ofHex("02");
        assertFalse(Await.get(entries().put("a", 1, 1, one)));
        assertTrue(Await.get(entries().put("a", 0, 1, one)));
        assertFalse(Await.get(entries().put("a", 0, 1, two)));
        assertTrue(Await.get(entries().put("a", 1, 2, two)));
        assertFalse(Await.get(entries().put("a", 1, 2, one)));
        assertEquals(Optional.of(new Entry("a", 2, 2, two)), Await.get(entries().find("a")));
        assertFalse(Await.get(entries().remove("a", 1)));
        assertTrue(Await.get(entries().remove("a", 2)));
        assertEquals(Optional.empty(), Await.get(entries().find("a")));
    }

    @Test
    default void put_twiceAtOnce_oneWins() {
        Bytes some = Bytes.ofHex("01");
        CompletionStage<Boolean> one = entries().put("a", 0, 1, some);
        CompletionStage<Boolean> other = entries().put("a", 0, 1, some);
        assertTrue(Await.get(one) ^ Await.get(other));
    }

    @Test
    default void list_isInOrder_withinThePrefix_pageByPage() {
        for (String path : List.of("b/2", "a/1", "b/10", "b/1", "b", "c/1", "b/\u00e9", "b/\uD83D\uDD11")) {
            Await.get(entries().put(path, 0, 1, Bytes.EMPTY));
        }
        assertEquals(List.of("b/1", "b/10", "b/2", "b/\u00e9", "b/\uD83D\uDD11"), names("b/", "", 10));
        assertEquals(List.of("b/10", "b/2"), names("b/", "b/1", 2));
        assertEquals(List.of(), names("d", "", 10));
        assertEquals(8, names("", "", 10).size());
    }

    @Test
    default void meta_isKept() {
        assertEquals(Optional.empty(), Await.get(entries().meta("keyring")));
        Await.get(entries().putMeta("keyring", Bytes.ofHex("0102")));
        Await.get(entries().putMeta("keyring", Bytes.ofHex("0103")));
        table().restart();
        assertEquals(Optional.of(Bytes.ofHex("0103")), Await.get(entries().meta("keyring")));
    }

    private List<String> names(String prefix, String after, int limit) {
        return Await.get(entries().list(prefix, after, limit)).stream()
                .map(Entry::path)
                .toList();
    }
}
