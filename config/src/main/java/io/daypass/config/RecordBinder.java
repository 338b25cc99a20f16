package io.daypass.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes records from nodes, component by component, and gathers everything that is wrong on the way. */
final class RecordBinder {
    private final Interpolation interpolation;
    private final List<Problem> problems;

    /** @param problems is added to */
    RecordBinder(Interpolation interpolation, List<Problem> problems) {
        this.interpolation = interpolation;
        this.problems = problems;
    }

    /** A record whose every key is left out. */
    static <R extends Record> R defaults(Class<R> type) {
        return of(type, Map.of());
    }

    /** A record with one key given. */
    static <R extends Record> R defaults(Class<R> type, String key, String text) {
        return of(type, Map.of(key, new Node.Member(new Node.Scalar(text, 1), 1)));
    }

    private static <R extends Record> R of(Class<R> type, Map<String, Node.Member> members) {
        List<Problem> problems = new ArrayList<>();
        RecordBinder binder = new RecordBinder(new Interpolation(Map.of()), problems);
        Optional<R> made = binder.bind(type, new Node.Mapping(members, 1), "");
        return made.orElseThrow(() -> new IllegalArgumentException(problems.toString()));
    }

    /** The record; empty if it can't be made, and then there are problems. */
    <R extends Record> Optional<R> bind(Class<R> type, Node.Mapping mapping, String path) {
        int before = problems.size();
        List<Setting> settings = Setting.of(type);
        refuseUnknown(settings, mapping, path);
        @Nullable
        Object[] values = settings.stream()
                .map(setting -> component(setting, mapping, path))
                .toArray();
        return problems.size() == before ? make(type, values, mapping, path) : Optional.empty();
    }

    /** What a component is given; null if there is a problem. */
    private @Nullable Object component(Setting setting, Node.Mapping mapping, String path) {
        int before = problems.size();
        Optional<?> value = value(setting, mapping, path);
        if (setting.optional()) {
            return value;
        }
        if (value.isEmpty() && problems.size() == before) {
            problems.add(new Problem(mapping.line(), join(path, setting.name()), "is missing"));
        }
        return value.orElse(null);
    }

    private void refuseUnknown(List<Setting> settings, Node.Mapping mapping, String path) {
        List<String> names = settings.stream().map(Setting::name).toList();
        mapping.members().forEach((key, member) -> {
            if (!names.contains(key)) {
                String hint = Nearest.to(key, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("there are " + String.join(", ", names));
                problems.add(new Problem(member.line(), join(path, key), "unknown key; " + hint));
            }
        });
    }

    private Optional<?> value(Setting setting, Node.Mapping mapping, String path) {
        String key = join(path, setting.name());
        Node.Member member = mapping.members().get(setting.name());
        if (member == null) {
            return absent(setting, mapping.line(), key);
        }
        Node node = member.value();
        if (node instanceof Node.Nothing) {
            problems.add(new Problem(member.line(), key, "has no value; give it one, or leave the key out"));
            return Optional.empty();
        }
        return switch (setting.shape()) {
            case SCALAR -> scalar(setting, node, key);
            case RECORD -> record(setting.type(), node, member.line(), key);
            case RECORDS -> records(setting.type(), node, key);
        };
    }

    private Optional<?> absent(Setting setting, int line, String key) {
        if (setting.shape() == Setting.Shape.RECORDS) {
            return Optional.of(List.of());
        }
        if (setting.shape() == Setting.Shape.SCALAR) {
            return Optional.of(setting.key().otherwise())
                    .filter(text -> !text.isEmpty())
                    .map(text -> Scalars.read(setting.type(), text));
        }
        return setting.optional()
                ? Optional.empty()
                : bind(setting.type().asSubclass(Record.class), new Node.Mapping(Map.of(), line), key);
    }

    private Optional<?> scalar(Setting setting, Node node, String key) {
        if (!(node instanceof Node.Scalar scalar)) {
            problems.add(new Problem(node.line(), key, "must be a single value, not " + node.described()));
            return Optional.empty();
        }
        try {
            Object value = Scalars.read(setting.type(), interpolation.apply(scalar.text()));
            Scalars.check(setting.type(), value, setting.key());
            return Optional.of(value);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(node.line(), key, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Optional<?> record(Class<?> type, Node node, int line, String key) {
        if (node instanceof Node.Mapping mapping) {
            return bind(type.asSubclass(Record.class), new Node.Mapping(mapping.members(), line), key);
        }
        problems.add(new Problem(node.line(), key, "must be a group of keys, not " + node.described()));
        return Optional.empty();
    }

    private Optional<?> records(Class<?> type, Node node, String key) {
        if (!(node instanceof Node.Sequence sequence)) {
            problems.add(new Problem(node.line(), key, "must be a list, not " + node.described()));
            return Optional.empty();
        }
        List<Object> made = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            Node element = sequence.elements().get(i);
            record(type, element, element.line(), key + "[" + i + "]").ifPresent(made::add);
        }
        return Optional.of(made);
    }

    private <R extends Record> Optional<R> make(
            Class<R> type, @Nullable Object[] values, Node.Mapping mapping, String path) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return Optional.of(type.getDeclaredConstructor(types).newInstance(values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                problems.add(new Problem(mapping.line(), path, String.valueOf(refused.getMessage())));
                return Optional.empty();
            }
            throw new IllegalStateException(type + " can't be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be made", e);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
