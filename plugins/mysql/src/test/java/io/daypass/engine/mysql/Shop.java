package io.daypass.engine.mysql;

import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
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
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A database of a test's server, as the broker works with it. */
final class Shop implements AutoCloseable {
    static final String PASSWORD = "password-of-a-leased-user";
    static final String CREATE = "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'";
    static final String GRANT = "GRANT SELECT ON shop.* TO '{{name}}'@'%'";
    static final Creation CREATION = creation(CREATE, GRANT);
    static final Removal REMOVAL = new Removal(List.of(), false, "");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST = 30;

    final ShopServer server;
    final Database database;
    final Place place = new Place("", "");
    final InstantSource clock;

    private Shop(ShopServer server, Database database, InstantSource clock) {
        this.server = server;
        this.database = database;
        this.clock = clock;
    }

    static Shop of(MySqlSource source) throws IOException {
        ShopServer server = Servers.of(source);
        return of(server, server.port(), InstantSource.system());
    }

    /** Through another port than the server's own, by another clock. */
    static Shop of(ShopServer server, int port, InstantSource clock) {
        return as(server, port, ShopServer.BROKER, ShopServer.BROKER_PASSWORD, clock);
    }

    /** As another login than the broker's. */
    static Shop as(ShopServer server, int port, String login, String password, InstantSource clock) {
        Database database = new MariaDbConnector().open(config(port, login, password), sources(clock));
        return new Shop(server, database, clock);
    }

    static DatabaseConfig config(int port, String login, String password) {
        String url = "{{username}}:{{password}}@tcp(127.0.0.1:" + port + ")/?tls=preferred&timeout=2s";
        return new DatabaseConfig(url, login, Secret.of(password), "", 4, 4, Duration.ZERO, List.of());
    }

    static Creation creation(String... statements) {
        return new Creation(List.of(statements), List.of(), 4096);
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
        String random = UUID.randomUUID().toString().replace("-", "");
        return new User(("d-test-" + random).substring(0, LONGEST), RANDOM.nextLong());
    }

    static List<User> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> user()).toList();
    }

    Instant inAnHour() {
        return clock.instant().plus(Duration.ofHours(1));
    }

    /** Creates one, as a role usually does. */
    User created() throws Exception {
        User user = user();
        create(CREATION, user);
        return user;
    }

    void create(Creation creation, User... users) throws Exception {
        create(creation, List.of(users), soon());
    }

    void create(Creation creation, List<User> users, Deadline deadline) throws Exception {
        database.create(place, creation, users.stream().map(this::fresh).toList(), deadline);
    }

    NewUser fresh(User user) {
        return new NewUser(user, Secret.of(PASSWORD), inAnHour());
    }

    void drop(User... users) throws Exception {
        database.drop(place, REMOVAL, List.of(users), soon());
    }

    boolean settle(User user, Instant mintDeadline) throws Exception {
        return database.settle(place, REMOVAL, user, mintDeadline, soon());
    }

    Connection login(User user) throws SQLException {
        return server.connect(user.name(), PASSWORD);
    }

    /** The hosts that it may come from, if it is there. */
    List<String> hosts(User user) {
        return ask("SELECT Host FROM mysql.user WHERE User = '" + user.name() + "' ORDER BY Host");
    }

    boolean exists(User user) {
        return !hosts(user).isEmpty();
    }

    /** The numbers of a user's sessions. */
    List<String> sessions(String user) {
        return ask("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '" + user + "'");
    }

    /** What an error says. */
    static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    List<String> ask(String query) {
        return server.ask(query);
    }

    void execute(String... statements) {
        server.execute(statements);
    }

    @Override
    public void close() {
        database.close();
    }
}
