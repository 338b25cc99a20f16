package io.daypass.broker.mount.bind;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How one type of component is read and written. */
interface Codec {
    /**
     * Reads a value.
     *
     * @param node neither missing nor null
     * @param field what it is called, for problems
     * @return null if there was a problem, which is noted
     */
    @Nullable
    Object read(JsonNode node, String field, Reading reading);

    /**
     * Writes a value.
     *
     * @return null: there is nothing to write
     */
    @Nullable
    JsonNode write(Object value, View view);

    /** What stands for an absent value; null: there must be one. */
    default @Nullable Object absent() {
        return null;
    }

    /** Whether it can hold a secret. */
    default boolean secret() {
        return false;
    }

    /** Hands over every secret text in a value. */
    default void secrets(Object value, Consumer<String> each) {}
}
