package io.daypass.plugin.database;

import java.util.List;
import java.util.Objects;

/**
 * What a connection leads to.
 *
 * @param identity which server and database this is, the same for as long as it lives, whatever its address
 * @param version for people: {@code 18.6}
 * @param paysForUsers whether a login pays for every live user it has made, so that several should share them
 * @param warnings what is missing for the work, and what to do
 */
public record Target(String identity, String version, boolean paysForUsers, List<String> warnings) {
    public Target {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(version, "version");
        warnings = List.copyOf(warnings);
    }
}
