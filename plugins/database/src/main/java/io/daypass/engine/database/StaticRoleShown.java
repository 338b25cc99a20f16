package io.daypass.engine.database;

import io.daypass.plugin.Doc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A static role as a reader sees it. */
record StaticRoleShown(
        @Doc("The connection that its password is changed through")
        String dbName,

        @Doc("The user of the database") String username,
        @Doc("How long a password is kept") Optional<Duration> rotationPeriod,
        @Doc("When a password is changed") Optional<String> rotationSchedule,

        @Doc("How long after that it may still be changed") Optional<Duration> rotationWindow,

        @Doc("Whose clocks the schedule means") Optional<String> rotationTimeZone,
        @Doc("SQL that changes the password") List<String> rotationStatements,
        @Doc("What is rotated") String credentialType,
        @Doc("What it is like") Map<String, String> credentialConfig,

        @Doc("When the password was changed last; left out: never yet")
        Optional<Instant> lastVaultRotation,

        @Doc("When it is changed next, if that isn't now") Optional<Instant> nextRotation,

        @Doc("Whether the database may have the next password already, or not yet")
        boolean rotationUnderWay,

        @Doc("Why the last attempt to change it failed; left out: it didn't")
        Optional<String> lastError,

        @Doc("When that was") Optional<Instant> lastErrorTime) {
    static StaticRoleShown of(StaticRole role) {
        boolean isScheduled = !role.rotationSchedule().isEmpty();
        Rotation progress = role.progress();
        return new StaticRoleShown(
                role.dbName(),
                role.username(),
                role.rotationPeriod(),
                Optional.of(role.rotationSchedule()).filter(each -> isScheduled),
                Optional.of(role.rotationWindow()).filter(each -> isScheduled),
                Optional.of(role.rotationTimeZone()).filter(each -> isScheduled),
                role.rotationStatements(),
                role.credentialType(),
                role.credentialConfig(),
                progress.last(),
                role.due().filter(due -> due.isAfter(Instant.EPOCH)),
                progress.isUnderWay(),
                Optional.of(progress.problem()).filter(each -> progress.isFailing()),
                progress.failedAt());
    }
}
