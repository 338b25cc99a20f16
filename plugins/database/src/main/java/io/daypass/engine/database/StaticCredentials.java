package io.daypass.engine.database;

import io.daypass.plugin.Doc;
import io.daypass.plugin.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What whoever asks for a static role's password gets. */
record StaticCredentials(
        @Doc("The user of the database") String username,
        @Doc("The password that it was last known to have") Secret password,

        @Doc("When that was changed") Instant lastVaultRotation,
        @Doc("How long until it is changed again; 0: now") Duration ttl,
        @Doc("How long a password is kept") Optional<Duration> rotationPeriod,
        @Doc("When a password is changed") Optional<String> rotationSchedule,

        @Doc("How long after that it may still be changed") Optional<Duration> rotationWindow,

        @Doc("Whose clocks the schedule means") Optional<String> rotationTimeZone,

        @Doc("Whether the database may have the next password already: ask again if this one doesn't let you in")
        boolean rotationUnderWay) {
    static StaticCredentials of(StaticRole role, Secret password, Instant since, Instant now) {
        StaticRoleShown shown = StaticRoleShown.of(role);
        return new StaticCredentials(
                role.username(),
                password,
                since,
                role.left(now),
                shown.rotationPeriod(),
                shown.rotationSchedule(),
                shown.rotationWindow(),
                shown.rotationTimeZone(),
                shown.rotationUnderWay());
    }
}
