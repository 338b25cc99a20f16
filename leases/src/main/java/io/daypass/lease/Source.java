package io.daypass.lease;

import java.util.Objects;

/**
 * Where leases come from: few, shared by many leases, and so kept once in the table.
 *
 * @param path the issue path, such as {@code database/creds/reader}
 * @param mount the id of the mount, which is another one when a mount is made anew at the same path
 * @param kind the kind of lease within the mount
 * @param target the name of the target within the mount; empty where the engine names none
 */
public record Source(String path, String mount, String kind, String target) {
    public Source {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(mount, "mount");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
    }

    /** The lane that work on these leases runs in. */
    public LaneKey lane() {
        return new LaneKey(mount, target);
    }
}
