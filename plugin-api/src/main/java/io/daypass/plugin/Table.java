package io.daypass.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Named records, sealed, durable, and held in memory. Reading does not block, and a draft may do it. */
public interface Table<T extends Record> extends Watchable {
    /**
     * The entry of that name.
     *
     * @throws Invalid naming it, if there is none
     */
    T named(String name);

    /**
     * The entry of a collection without variable.
     *
     * @throws Invalid if it has not been written yet
     */
    T only();

    /** The entry of that name, if there is one. */
    Optional<T> find(String name);

    /** All entries, as they are now. */
    Map<String, T> all();

    /**
     * Changes an entry, durably, on its newest state. Blocks; refused in a draft.
     *
     * @param change may be run again
     * @return the entry as it was written
     * @throws Invalid naming it, if there is none
     */
    T update(String name, UnaryOperator<T> change);

    /**
     * The same, telling subscribers of events what was done. The event is durable in the same commit; there is none if the
     * change answered the very entry that it was given.
     *
     * @param event what happened, in a few words for people, without secrets; null: nothing is told
     */
    T update(String name, UnaryOperator<T> change, Function<T, @Nullable String> event);

    /**
     * Writes an entry, durably, whether or not there is one of that name. Blocks; refused in a draft.
     *
     * @param name letters, digits and {@code _ . @ -}
     */
    void put(String name, T entry);

    /**
     * Removes an entry, durably. Blocks; refused in a draft.
     *
     * @return whether there was one; of several callers, one is told so
     */
    boolean remove(String name);
}
