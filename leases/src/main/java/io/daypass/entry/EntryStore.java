package io.daypass.entry;

import io.daypass.lease.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Named values with versions, and the few values that the store itself starts from. Nothing here blocks. */
public interface EntryStore {
    /** The value of that name, if there is one. */
    CompletionStage<Optional<Entry>> find(String path);

    /**
     * Values whose name begins so, in order of their names.
     *
     * @param after only names above this one; empty: all
     */
    CompletionStage<List<Entry>> list(String prefix, String after, int limit);

    /**
     * Writes a value, durably.
     *
     * @param expected the version that is to be replaced; 0: there must be none
     * @return false: another version is there
     */
    CompletionStage<Boolean> put(String path, long expected, int keyVersion, Bytes sealed);

    /** The same, with an event that is told in the same commit if the value was written. */
    CompletionStage<Boolean> put(String path, long expected, int keyVersion, Bytes sealed, Notice notice);

    /** Removes a value of that version. False: another version is there, or none. */
    CompletionStage<Boolean> remove(String path, long expected);

    /** A value that the store starts from, such as the sealed keyring; not versioned. */
    CompletionStage<Optional<Bytes>> meta(String name);

    /** Writes such a value, durably. */
    CompletionStage<Void> putMeta(String name, Bytes value);
}
