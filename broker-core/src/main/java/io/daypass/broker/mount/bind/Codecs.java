package io.daypass.broker.mount.bind;

import io.daypass.plugin.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the codec of a type. Nothing is cached here, so that no plugin's class is kept. */
final class Codecs {
    private Codecs() {}

    /**
     * @param where for the error
     * @throws IllegalArgumentException if records can't have components of that type
     */
    static Codec of(Type type, String where) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, where);
        }
        if (type instanceof Class<?> plain) {
            return plain(plain, where);
        }
        throw unfit(type, where);
    }

    private static Codec generic(ParameterizedType type, String where) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return new Containers.Maybe(of(arguments[0], where));
        }
        if (type.getRawType() == List.class) {
            return new Containers.Many(of(arguments[0], where));
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            return new Containers.Named(of(arguments[1], where));
        }
        throw unfit(type, where);
    }

    private static Codec plain(Class<?> type, String where) {
        if (type == String.class) {
            return Scalars.TEXT;
        }
        if (type == Secret.class) {
            return Scalars.SECRET;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Scalars.BOOLEAN;
        }
        if (type == int.class || type == Integer.class) {
            return Scalars.INT;
        }
        if (type == long.class || type == Long.class) {
            return Scalars.LONG;
        }
        if (type == Duration.class) {
            return Scalars.DURATION;
        }
        if (type == Instant.class) {
            return Scalars.INSTANT;
        }
        if (type.isEnum()) {
            return new Containers.Word(
                    Arrays.stream(type.getEnumConstants()).map(c -> (Enum<?>) c).toList());
        }
        if (type.isRecord()) {
            return new RecordCodec(type);
        }
        throw unfit(type, where);
    }

    private static IllegalArgumentException unfit(Type type, String where) {
        return new IllegalArgumentException(
                where + " is a " + type.getTypeName() + "; a component is a String, Secret,"
                        + " boolean, int, long, Duration, Instant, enum or record, or an Optional, List or Map<String, ...> of these");
    }
}
