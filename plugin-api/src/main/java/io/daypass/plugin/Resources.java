package io.daypass.plugin;

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
}
