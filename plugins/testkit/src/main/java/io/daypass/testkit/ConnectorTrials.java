package io.daypass.testkit;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Sources;
import io.daypass.plugin.database.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What is done with a database in the tests of its connector. */
abstract class ConnectorTrials extends ConnectorSubject {
    static final InstantSource CLOCK = InstantSource.system();
    private static final SecureRandom RANDOM = new SecureRandom();
    static final Duration LONG = Duration.ofSeconds(20);
    static final int LEAST_NAME = 30;

    Database database;
    Place place;

    // Both are opened before each test.
    @SuppressWarnings("NullAway.Init")
    ConnectorTrials() {}

    @BeforeEach
    final void open() throws Exception {
        database = fresh();
        place = new Place(database.target(soon()).identity(), "");
    }

    @AfterEach
    final void close() {
        link().heal();
        database.close();
    }

    final Database fresh() {
        return connector().open(config(), new Sources(CLOCK, count -> {
            byte[] bytes = new byte[count];
            RANDOM.nextBytes(bytes);
            return bytes;
        }));
    }

    static Deadline soon() {
        return in(LONG);
    }

    static Deadline in(Duration time) {
        return new Deadline(CLOCK.instant().plus(time), CLOCK);
    }

    static NewUser user() {
        return user(Duration.ofHours(1));
    }

    static NewUser user(Duration life) {
        String random = UUID.randomUUID().toString().replace("-", "");
        User user = new User(("d-test-" + random).substring(0, LEAST_NAME), RANDOM.nextLong());
        Secret password = Secret.of(UUID.randomUUID().toString());
        return new NewUser(user, password, CLOCK.instant().plus(life));
    }

    final NewUser created() throws Exception {
        NewUser user = user();
        create(creation(), user);
        return user;
    }

    final void create(Creation creation, NewUser... users) throws Exception {
        database.create(place, creation, List.of(users), soon());
    }

    final void drop(NewUser... users) throws Exception {
        drop(soon(), users);
    }

    final void drop(Deadline deadline, NewUser... users) throws Exception {
        database.drop(place, removal(), Stream.of(users).map(NewUser::user).toList(), deadline);
    }

    final boolean exists(NewUser user) throws Exception {
        return exists(user.user().name());
    }

    final Session login(NewUser user) throws Exception {
        return login(user.user().name(), user.password().reveal());
    }

    final boolean logsIn(NewUser user) {
        try (Session session = login(user)) {
            return session.isAlive();
        } catch (Exception e) {
            return false;
        }
    }
}
