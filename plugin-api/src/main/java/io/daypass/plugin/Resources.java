package io.daypass.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One resource for each entry of a table. Made by {@link Mount#perEntry}. */
public interface Resources<R> {
    /**
     * The resource of the entry of that name.
     *
     * @throws Invalid naming the entry, if there is none
     */
    R of(String name);

    /** Closes the resource of that entry once the calls under way have returned; the next use makes another. */
    void reopen(String name);

    /**
     * Looks at those that are open, and opens none.
     *
     * @param at reads memory, and is quick; what it answers empty for is left out
     * @return what it answered, by the names of the entries
     */
    <A> Map<String, A> look(Function<R, Optional<A>> at);
}
