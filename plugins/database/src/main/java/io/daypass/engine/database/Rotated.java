package io.daypass.engine.database;

import io.daypass.plugin.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An entry that has a password which is rotated.
 *
 * @param <T> the entry
 */
interface Rotated<T extends Record> {
    /** How far the change of its password has come. */
    Rotation progress();

    /** The same entry, where it has come to that. */
    T at(Rotation progress);

    /** The same entry with another password, and its change at its end. */
    T holding(Secret password, Rotation progress);

    /** The password that holds, or held last; empty: it isn't known. */
    Optional<Secret> held();

    /** Whose password it is. */
    String login();

    /** The operator's SQL for it; empty: the database's usual one. */
    List<String> rotating();

    /** The password policy that the next one is drawn by; empty: 32 letters and digits. */
    String policy(Connection connection);

    /**
     * When it is due again, if a change that was due is not to be made at this time any more.
     *
     * @return empty: it is to be made
     */
    Optional<Instant> putOff(Instant now);

    /** The same entry where that is so: as if it had been made at that time. */
    T putOffAt(Instant now, Rotation progress);
}
