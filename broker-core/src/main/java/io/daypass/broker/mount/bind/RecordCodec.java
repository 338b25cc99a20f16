package io.daypass.broker.mount.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.plugin.EngineException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record, component by component. */
final class RecordCodec implements Codec {
    private final Constructor<?> constructor;
    private final List<Component> components;

    /** @throws IllegalArgumentException naming the component that can't be bound */
    RecordCodec(Class<?> type) {
        RecordComponent[] declared = type.getRecordComponents();
        this.components = Arrays.stream(declared).map(Component::of).toList();
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no canonical constructor", e);
        }
    }

    @Override
    public @Nullable Object read(JsonNode node, String field, Reading reading) {
        return merge(node, null, field, Set.of(), reading);
    }

    /**
     * Reads a record over another one: what is absent is kept, null resets to the default.
     *
     * @param existing null: there is none
     * @param others names that somebody else reads
     */
    @Nullable
    Object merge(JsonNode node, @Nullable Object existing, String field, Set<String> others, Reading reading) {
        if (!(node instanceof ObjectNode object)) {
            reading.problem(field.isEmpty() ? "body" : field, "must be an object");
            return null;
        }
        String prefix = field.isEmpty() ? "" : field + ".";
        if (!reading.isLenient()) {
            noteUnknown(object, prefix, others, reading);
        }
        int before = reading.problems().size();
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            Component component = components.get(i);
            Object old = existing == null ? null : component.get(existing);
            Object value = value(component, object.get(component.name()), old, prefix + component.name(), reading);
            if (value != null) {
                values[i] = value;
            }
        }
        return reading.problems().size() > before ? null : make(values, field, reading);
    }

    private static @Nullable Object value(
            Component component, @Nullable JsonNode node, @Nullable Object old, String field, Reading reading) {
        boolean ours = component.kept() && !reading.isLenient();
        if (ours || node == null) {
            return old != null ? old : absent(component, field, reading);
        }
        if (node.isNull()) {
            return absent(component, field, reading);
        }
        if (component.codec() instanceof RecordCodec nested) {
            return nested.merge(node, old, field, Set.of(), reading);
        }
        return component.codec().read(node, field, reading);
    }

    private static @Nullable Object absent(Component component, String field, Reading reading) {
        if (component.absent() == null) {
            reading.problem(field, "is required");
        }
        return component.absent();
    }

    private void noteUnknown(ObjectNode object, String prefix, Set<String> others, Reading reading) {
        List<String> known = new ArrayList<>(names().toList());
        known.addAll(others);
        for (String name : (Iterable<String>) object::fieldNames) {
            if (!known.contains(name)) {
                reading.unknown(prefix + name, known);
            }
        }
    }

    /** The names that a request may set. */
    Stream<String> names() {
        return components.stream().filter(c -> !c.kept()).map(Component::name);
    }

    private @Nullable Object make(Object[] values, String field, Reading reading) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof EngineException || cause instanceof IllegalArgumentException) {
                String text = String.valueOf(cause.getMessage());
                reading.problems().add(field.isEmpty() ? text : field + ": " + text);
                return null;
            }
            throw new IllegalStateException("the constructor of " + constructor.getName() + " failed", cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor.getName() + " can't be made", e);
        }
    }

    @Override
    public ObjectNode write(Object value, View view) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Component component : components) {
            if (component.kept() && view != View.STORED) {
                continue;
            }
            JsonNode written = component.codec().write(component.get(value), view);
            if (written != null) {
                object.set(component.name(), written);
            }
        }
        return object;
    }

    @Override
    public boolean secret() {
        return components.stream().anyMatch(c -> c.codec().secret());
    }

    @Override
    public void secrets(Object value, Consumer<String> each) {
        components.forEach(c -> c.codec().secrets(c.get(value), each));
    }
}
