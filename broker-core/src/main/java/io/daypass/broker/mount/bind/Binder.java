package io.daypass.broker.mount.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record from JSON and writes it. Members are the components' names in snake case. What a request leaves out
 * takes its {@code @Default}; all problems are told at once; no value is ever repeated.
 *
 * <p>Held by the mount that needs it, never in a static place, since it keeps the record's class.
 *
 * @param <T> the record
 */
public final class Binder<T extends Record> {
    private final Class<T> type;
    private final RecordCodec codec;

    /**
     * @param type the record
     * @throws IllegalArgumentException naming a component that can't be bound
     */
    public Binder(Class<T> type) {
        this.type = type;
        this.codec = new RecordCodec(type);
    }

    /**
     * A record that was read, and what its sender should know.
     *
     * @param value the record
     * @param warnings a line for each unknown field
     */
    public record Bound<T>(T value, List<String> warnings) {}

    /**
     * Reads a request.
     *
     * @param body what was sent
     * @param existing is kept where {@code body} says nothing; null: there is none
     * @param others fields that somebody else reads, so that they are not unknown
     * @throws ApiException 400, a line for each problem
     */
    public Bound<T> bind(ObjectNode body, @Nullable T existing, Set<String> others) {
        Reading reading = new Reading(false);
        Object value = codec.merge(body, existing, "", others, reading);
        if (value == null) {
            throw ApiException.badRequest(reading.problems());
        }
        return new Bound<>(type.cast(value), List.copyOf(reading.warnings()));
    }

    /**
     * Reads what {@link #stored} wrote, perhaps by another version: unknown members are passed over, absent ones take
     * their default.
     *
     * @throws IllegalArgumentException if that isn't enough
     */
    public T restore(JsonNode stored) {
        Reading reading = new Reading(true);
        Object value = codec.read(stored, "", reading);
        if (value == null) {
            throw new IllegalArgumentException(String.join("; ", reading.problems()));
        }
        return type.cast(value);
    }

    /** For the store: everything, so it must be sealed. */
    public ObjectNode stored(T value) {
        return codec.write(value, View.STORED);
    }

    /** For whoever may read it: without secrets. */
    public ObjectNode shown(T value) {
        return codec.write(value, View.SHOWN);
    }

    /**
     * For the caller that it was minted for: secrets in clear.
     *
     * @throws EmptySecretException if one has nothing in it
     */
    public ObjectNode answered(T value) {
        return codec.write(value, View.ANSWERED);
    }

    /** Every secret text in it. */
    public Set<String> secrets(T value) {
        Set<String> found = new HashSet<>();
        codec.secrets(value, found::add);
        return found;
    }

    /** Whether it can hold a secret. */
    public boolean holdsSecrets() {
        return codec.secret();
    }

    /** The fields that a request may set, in the order of their declaration. */
    public List<String> names() {
        return codec.names().toList();
    }
}
