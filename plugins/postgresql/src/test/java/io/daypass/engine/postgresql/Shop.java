package io.daypass.engine.postgresql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.MintingLogin;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.Sources;
import io.daypass.plugin.database.User;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A database of a test's server, as the broker works with it. */
final class Shop implements AutoCloseable {
    static final String PASSWORD = "password-of-a-leased-user";
    static final String CREATE = "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'";
    static final Creation CREATION = new Creation(List.of(CREATE), List.of("readonly"), 4096);
    static final Removal REASSIGN = new Removal(List.of(), false, "");
    static final Removal DROP = new Removal(List.of(), true, "");

    private static final SecureRandom RANDOM = new SecureRandom();

    final ShopServer server;
    final Database database;
    final Place place;
    final InstantSource clock;

    private Shop(ShopServer server, Database database, String login, InstantSource clock) {
        this.server = server;
        this.database = database;
        this.place = new Place("", login);
        this.clock = clock;
    }

    /** As the configured login. */
    static Shop of(int version) throws IOException {
        return of(Servers.of(version), Servers.of(version).port(), InstantSource.system());
    }

    /** From 16 on as a minting login of its own, before as the configured one. */
    static Shop byMintingLogin(int version) throws IOException {
        ShopServer server = Servers.of(version);
        MintingLogin login = new MintingLogin(
                "daypass-" + UUID.randomUUID(), Secret.of(UUID.randomUUID().toString()));
        Database database = new PostgresConnector()
                .open(
                        config(server.port(), Servers.BROKER, Servers.BROKER_PASSWORD, List.of(login)),
                        sources(InstantSource.system()));
        return new Shop(server, database, version < 16 ? "" : login.name(), InstantSource.system());
    }

    /** Through another port than the server's own, by another clock. */
    static Shop of(ShopServer server, int port, InstantSource clock) {
        return as(server, port, Servers.BROKER, Servers.BROKER_PASSWORD, clock);
    }

    /** As another login than the broker's. */
    static Shop as(ShopServer server, int port, String login, String password, InstantSource clock) {
        Database database = new PostgresConnector().open(config(port, login, password, List.of()), sources(clock));
        return new Shop(server, database, "", clock);
    }

    static DatabaseConfig config(int port, String login, String password, List<MintingLogin> logins) {
        String url = "postgresql://{{username}}:{{password}}@127.0.0.1:" + port + "/" + Servers.DATABASE
                + "?sslmode=disable&connectTimeout=2";
        return new DatabaseConfig(url, login, Secret.of(password), "", 4, 4, Duration.ZERO, logins);
    }

    static Sources sources(InstantSource clock) {
        return new Sources(clock, count -> {
            byte[] bytes = new byte[count];
            RANDOM.nextBytes(bytes);
            return bytes;
        });
    }

    Deadline soon() {
        return in(Duration.ofSeconds(10));
    }

    Deadline in(Duration time) {
        return new Deadline(clock.instant().plus(time), clock);
    }

    static User user() {
        return new User("d-test-" + UUID.randomUUID(), RANDOM.nextLong());
    }

    static List<User> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> user()).toList();
    }

    Instant inAnHour() {
        return clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS);
    }

    /** Creates one, as a role usually does. */
    User created() throws Exception {
        User user = user();
        create(CREATION, user);
        return user;
    }

    void create(Creation creation, User... users) throws Exception {
        create(creation, List.of(users));
    }

    void create(Creation creation, List<User> users) throws Exception {
        List<NewUser> fresh = users.stream()
                .map(user -> new NewUser(user, Secret.of(PASSWORD), inAnHour()))
                .toList();
        database.create(place, creation, fresh, soon());
    }

    void drop(Removal removal, User... users) throws Exception {
        database.drop(place, removal, List.of(users), soon());
    }

    Connection login(User user) throws SQLException {
        return server.connect(Servers.DATABASE, user.name(), PASSWORD);
    }

    boolean exists(User user) {
        return !ask("SELECT 1 FROM pg_roles WHERE rolname = '" + user.name() + "'")
                .isEmpty();
    }

    /** What an error says. */
    static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /** How many sessions there are of a user, by its number since its name goes with it. */
    int sessions(String oid) {
        return Integer.parseInt(ask("SELECT count(*) FROM pg_stat_activity WHERE usesysid = " + oid)
                .get(0));
    }

    String oid(User user) {
        return ask("SELECT oid FROM pg_roles WHERE rolname = '" + user.name() + "'")
                .get(0);
    }

    List<String> ask(String query) {
        return server.ask(Servers.DATABASE, query);
    }

    void execute(String... statements) {
        server.execute(Servers.DATABASE, statements);
    }

    @Override
    public void close() {
        database.close();
    }
}
