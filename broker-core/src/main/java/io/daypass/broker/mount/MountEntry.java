package io.daypass.broker.mount;

import java.util.Objects;

/**
 * One mount: an engine at a path.
 *
 * @param path with a slash at its end
 * @param id unique for each time that it was enabled
 * @param type of the engine
 * @param description for people
 * @param config how it is set
 */
public record MountEntry(String path, String id, String type, String description, MountConfig config) {
    public MountEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(config, "config");
    }

    MountEntry with(String newDescription, MountConfig newConfig) {
        return new MountEntry(path, id, type, newDescription, newConfig);
    }
}
