package io.daypass.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A key of a record, as its component declares it.
 *
 * @param name in the file
 * @param shape how its value looks
 * @param type of the value, or of an element
 * @param optional whether the key may be left out without a value to take its place
 * @param key what is said of it
 */
record Setting(String name, Shape shape, Class<?> type, boolean optional, Key key) {
    /** How a value looks. */
    enum Shape {
        /** One word. */
        SCALAR,
        /** Keys of its own. */
        RECORD,
        /** A list of records. */
        RECORDS
    }

    /** The keys of a record, in its order. */
    static List<Setting> of(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(Setting::of).toList();
    }

    private static Setting of(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key == null) {
            throw new IllegalStateException(component + " of " + component.getDeclaringRecord() + " has no @Key");
        }
        Class<?> raw = component.getType();
        boolean wraps = raw == Optional.class || raw == List.class;
        Class<?> type = wraps ? argument(component.getGenericType()) : raw;
        Shape one = Scalars.knows(type) ? Shape.SCALAR : Shape.RECORD;
        Shape shape = raw == List.class ? Shape.RECORDS : one;
        return new Setting(snake(component.getName()), shape, type, raw == Optional.class, key);
    }

    private static Class<?> argument(Type type) {
        return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
