package io.daypass.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Named records, sealed, durable, and held in memory. Reading does not block, and a draft may do it. */
public interface Table<T extends Record> {
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
}
