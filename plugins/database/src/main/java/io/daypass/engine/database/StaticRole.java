package io.daypass.engine.database;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Kept;
import io.daypass.plugin.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A user that is there for good, and whose password is rotated: the entry at {@code static-roles/NAME}. */
record StaticRole(
        @Doc("The connection that its password is changed through")
        String dbName,

        @Doc("The user of the database; it must be there already")
        String username,

        @Doc("How long a password is kept; this or rotation_schedule")
        Optional<Duration> rotationPeriod,

        @Doc("When a password is changed: a cron expression of five fields") @Default("")
        String rotationSchedule,

        @Doc("How long after a time of the schedule it may still be changed; 0: at any time") @Default("0s")
        Duration rotationWindow,

        @Doc("Whose clocks the schedule means, such as Europe/Berlin") @Default("UTC")
        String rotationTimeZone,

        @Doc("SQL that changes the password, with \"{{name}}\" and '{{password}}' in it; empty: the usual")
        List<String> rotationStatements,

        @Doc("password is the only one there is") @Default("password")
        String credentialType,

        @Doc("password_policy here wins over the connection's")
        Map<String, String> credentialConfig,

        @Doc("The password that the user has") @Kept Optional<Secret> password,

        @Doc("When its window was found to have passed") @Kept
        Optional<Instant> missed,

        @Doc("How far the change of its password has come") @Kept
        Optional<Rotation> rotation)
        implements Rotated<StaticRole> {
    Schedule schedule() {
        return new Schedule(rotationPeriod, rotationSchedule, rotationTimeZone, rotationWindow);
    }

    /** When its password is changed next; empty: never. */
    Optional<Instant> due() {
        Rotation progress = progress();
        if (progress.asked() || progress.isUnderWay()) {
            return Optional.of(Instant.EPOCH);
        }
        return planned();
    }

    /** When it would be by its schedule alone; the first time is at once. */
    private Optional<Instant> planned() {
        Optional<Instant> last = progress().last();
        return last.isEmpty()
                ? Optional.of(Instant.EPOCH)
                : schedule().after(missed.filter(last.get()::isBefore).orElse(last.get()));
    }

    /** How long its password is good for. */
    Duration left(Instant now) {
        Duration left = Duration.between(now, due().orElse(now));
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Rotation progress() {
        return rotation.orElse(Rotation.NONE);
    }

    @Override
    public StaticRole at(Rotation progress) {
        return with(password, missed, progress);
    }

    @Override
    public StaticRole holding(Secret drawn, Rotation progress) {
        return with(Optional.of(drawn), missed, progress);
    }

    @Override
    public Optional<Secret> held() {
        return password;
    }

    @Override
    public String login() {
        return username;
    }

    @Override
    public List<String> rotating() {
        return rotationStatements;
    }

    @Override
    public String policy(Connection connection) {
        return credentialConfig.getOrDefault(Role.PASSWORD_POLICY, connection.passwordPolicy());
    }

    @Override
    public Optional<Instant> putOff(Instant now) {
        if (progress().asked() || progress().last().isEmpty()) {
            return Optional.empty();
        }
        return planned().flatMap(due -> schedule().missed(due, now));
    }

    @Override
    public StaticRole putOffAt(Instant now, Rotation progress) {
        return with(password, Optional.of(now), progress);
    }

    private StaticRole with(Optional<Secret> held, Optional<Instant> putOff, Rotation progress) {
        return new StaticRole(
                dbName,
                username,
                rotationPeriod,
                rotationSchedule,
                rotationWindow,
                rotationTimeZone,
                rotationStatements,
                credentialType,
                credentialConfig,
                held,
                putOff,
                Optional.of(progress));
    }
}
