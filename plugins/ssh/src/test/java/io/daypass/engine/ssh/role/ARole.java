package io.daypass.engine.ssh.role;

import io.daypass.plugin.Default;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Roles with their defaults, but for what a test is about. */
public final class ARole {
    private ARole() {}

    /** @param fields by the names of the record's components */
    public static Role with(Map<String, ?> fields) {
        RecordComponent[] components = Role.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(each -> fields.containsKey(each.getName()) ? fields.get(each.getName()) : usual(each))
                .toArray();
        try {
            return Role.class.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a role can no longer be made so", e);
        }
    }

    private static Object usual(RecordComponent component) {
        Default written = component.getAnnotation(Default.class);
        String text = written == null ? "" : written.value();
        Class<?> type = component.getType();
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == Duration.class) {
            return Duration.parse("PT" + text);
        }
        if (type == Map.class) {
            return Map.of();
        }
        return component.getName().equals("keyType") ? Role.CA : text;
    }
}
