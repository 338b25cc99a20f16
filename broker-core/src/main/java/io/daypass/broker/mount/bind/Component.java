package io.daypass.broker.mount.bind;

import com.fasterxml.jackson.databind.node.TextNode;
import io.daypass.plugin.Default;
import io.daypass.plugin.Kept;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record.
 *
 * @param name as JSON has it, in snake case
 * @param accessor reads it
 * @param codec of its type
 * @param absent its value where it was left out; null: it must be there
 * @param kept whether it is the engine's own
 */
record Component(
        String name, Method accessor, Codec codec, @Nullable Object absent, boolean kept) {
    static Component of(RecordComponent component) {
        String where = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        Codec codec = Codecs.of(component.getGenericType(), where);
        boolean kept = component.isAnnotationPresent(Kept.class);
        if (kept && component.getType() != Optional.class) {
            throw new IllegalArgumentException(where + " is @Kept, so it must be an Optional");
        }
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return new Component(snake(component.getName()), accessor, codec, absent(component, codec, where), kept);
    }

    Object get(Object record) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(name + " can't be read", e);
        }
    }

    private static @Nullable Object absent(RecordComponent component, Codec codec, String where) {
        Default given = component.getAnnotation(Default.class);
        if (given == null) {
            return codec.absent();
        }
        Reading reading = new Reading(false);
        Object value = codec.read(TextNode.valueOf(given.value()), where, reading);
        if (value == null) {
            throw new IllegalArgumentException("the @Default of " + String.join(", ", reading.problems()));
        }
        return value;
    }

    private static String snake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
