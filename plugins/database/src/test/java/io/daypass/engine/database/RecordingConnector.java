package io.daypass.engine.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.DatabaseConnector;
import io.daypass.plugin.database.Endpoint;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.PasswordChange;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.Sources;
import io.daypass.plugin.database.Target;
import io.daypass.plugin.database.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database that writes down what it is told. Its URL is the name of its host. */
final class RecordingConnector implements DatabaseConnector {
    final List<String> calls = new ArrayList<>();
    final List<NewUser> created = new ArrayList<>();
    final Map<String, Secret> passwords = new HashMap<>();
    String identity = "cluster-1/1";
    boolean paysForUsers = true;
    boolean needsConfiguredLogin;
    Runnable whenAsked = () -> {};
    Runnable whenTold = () -> {};
    Runnable afterTold = () -> {};

    @Override
    public List<String> names() {
        return List.of("recording-database-plugin", "recording");
    }

    @Override
    public int longestName() {
        return 63;
    }

    @Override
    public Endpoint endpoint(DatabaseConfig config) {
        if (config.connectionUrl().isEmpty()) {
            throw new Invalid("connection_url", "is empty");
        }
        return new Endpoint(config.connectionUrl(), 5432, "shop", "require");
    }

    @Override
    public List<String> check(Creation creation, List<String> renewal, Removal removal) {
        return List.of("checked " + creation.scramIterations());
    }

    @Override
    public void checkRotation(String field, List<String> statements) {
        if (statements.contains("bad")) {
            throw new Invalid(field, "is bad");
        }
    }

    @Override
    public boolean needsConfiguredLogin(Creation creation) {
        return needsConfiguredLogin;
    }

    @Override
    public Database open(DatabaseConfig config, Sources sources) {
        return new Database() {
            @Override
            public Target target(Deadline deadline) {
                calls.add("target");
                whenAsked.run();
                return new Target(identity, "1", paysForUsers, List.of("warned"));
            }

            @Override
            public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) {
                calls.add("create in " + place.identity() + " by " + place.login());
                created.addAll(users);
            }

            @Override
            public void extend(Place place, User user, List<String> renewal, Instant until, Deadline deadline) {
                calls.add("extend " + user.name() + " in " + place.identity() + " until " + until);
            }

            @Override
            public void drop(Place place, Removal removal, List<User> users, Deadline deadline) {
                calls.add("drop " + users.size() + " in " + place.identity() + " by " + place.login());
            }

            @Override
            public boolean settle(Place place, Removal removal, User user, Instant mintDeadline, Deadline deadline) {
                calls.add("settle " + user.name() + " in " + place.identity());
                return true;
            }

            @Override
            public List<String> users(Place place, Deadline deadline) {
                calls.add("users in " + place.identity());
                return List.of();
            }

            @Override
            public void setPassword(Place place, PasswordChange change, Deadline deadline) {
                calls.add("set password of " + change.user().name() + " in " + place.identity());
                whenTold.run();
                passwords.put(change.user().name(), change.password());
                afterTold.run();
            }

            @Override
            public boolean accepts(Place place, String login, Secret password, Deadline deadline) {
                calls.add("accepts " + login + " in " + place.identity());
                return password.equals(passwords.get(login));
            }

            @Override
            public void close() {}
        };
    }
}
