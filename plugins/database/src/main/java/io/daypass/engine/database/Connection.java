package io.daypass.engine.database;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Kept;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.MintingLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A database and how it is reached: the entry at {@code config/NAME}. */
record Connection(
        @Doc("What kind of database it is, such as postgresql-database-plugin")
        String pluginName,

        @Doc("Where it is, as postgresql://{{username}}:{{password}}@host:5432/database")
        String connectionUrl,

        @Doc("The login that makes users") String username,
        @Doc("Its password; never shown") @Default("") Secret password,

        @Doc("Roles that may use this connection; * for all")
        List<String> allowedRoles,

        @Doc("Whether to log in before this is stored") @Default("true")
        boolean verifyConnection,

        @Doc("Shapes the middle of users' names, in Vault's syntax") @Default("")
        String usernameTemplate,

        @Doc("The password policy that passwords are drawn by; empty: 32 letters and digits") @Default("")
        String passwordPolicy,

        @Doc("The most connections at once, from 1 to 1000") @Default("4")
        int maxOpenConnections,

        @Doc("The most connections kept open unused; 0: as many as may be open") @Default("0")
        int maxIdleConnections,

        @Doc("The age at which a connection is replaced; 0: never") @Default("0s")
        Duration maxConnectionLifetime,

        @Doc("How often a password is hashed for its verifier, unless the role says; 4096 suits every client")
        @Default("4096")
        int scramIterations,

        @Doc("SQL that changes the login's own password when it is rotated, with \"{{name}}\" and '{{password}}' in it")
        List<String> rootRotationStatements,

        @Doc("Certificates in PEM that the server's must descend from; empty: those that the JVM trusts") @Default("")
        String tlsCa,

        @Doc("How many logins share the users where a login pays for each user it has made; 0: none") @Default("40")
        int mintingLogins,

        @Doc("Which database this was found to be, and the logins made there") @Kept
        Optional<Learnt> learnt,

        @Doc("How far the change of the login's own password has come") @Kept
        Optional<Rotation> rootRotation)
        implements Rotated<Connection> {
    /** Stands for all roles. */
    static final String ALL = "*";

    Connection {
        // Vault's clients send this list as one text too.
        allowedRoles = allowedRoles.stream()
                .flatMap(each -> Arrays.stream(each.split(",")))
                .map(String::trim)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /**
     * What was found when the connection was first used.
     *
     * @param where the address that it was found at; empty: the connection has been pointed elsewhere since
     * @param identity which server and database it is
     * @param paysForUsers whether a login pays for each user it has made there
     * @param logins made, or to be made, to create users beside the configured one
     */
    record Learnt(String where, String identity, boolean paysForUsers, List<Login> logins) {
        /** The same, where it may be of no more use: its logins are, if the next address is one of the same database. */
        Learnt elsewhere() {
            return new Learnt("", identity, paysForUsers, logins);
        }

        boolean isElsewhere() {
            return where.isEmpty();
        }
    }

    /** A login of the broker's own in the database. */
    record Login(String name, Secret password) {}

    boolean allows(String role) {
        return allowedRoles.contains(ALL) || allowedRoles.contains(role);
    }

    /** What was found at this very address, if anything was. */
    Optional<Learnt> learntAt(String where) {
        return learnt.filter(each -> each.where().equals(where));
    }

    DatabaseConfig config() {
        List<MintingLogin> logins = learnt.map(Learnt::logins).orElse(List.of()).stream()
                .map(login -> new MintingLogin(login.name(), login.password()))
                .toList();
        return new DatabaseConfig(
                connectionUrl,
                username,
                password,
                tlsCa,
                maxOpenConnections,
                maxIdleConnections == 0 ? maxOpenConnections : maxIdleConnections,
                maxConnectionLifetime,
                logins);
    }

    Connection with(Optional<Learnt> found) {
        return with(password, found, rootRotation);
    }

    private Connection with(Secret held, Optional<Learnt> found, Optional<Rotation> progress) {
        return new Connection(
                pluginName,
                connectionUrl,
                username,
                held,
                allowedRoles,
                verifyConnection,
                usernameTemplate,
                passwordPolicy,
                maxOpenConnections,
                maxIdleConnections,
                maxConnectionLifetime,
                scramIterations,
                rootRotationStatements,
                tlsCa,
                mintingLogins,
                found,
                progress);
    }

    /** Whether its password was drawn here, so that nobody else knows it. */
    boolean isRotated() {
        return progress().last().isPresent() || progress().isUnderWay();
    }

    @Override
    public Rotation progress() {
        return rootRotation.orElse(Rotation.NONE);
    }

    @Override
    public Connection at(Rotation progress) {
        return with(password, learnt, Optional.of(progress));
    }

    @Override
    public Connection holding(Secret drawn, Rotation progress) {
        return with(drawn, learnt, Optional.of(progress));
    }

    @Override
    public Optional<Secret> held() {
        return Optional.of(password).filter(each -> !each.isEmpty());
    }

    @Override
    public String login() {
        return username;
    }

    @Override
    public List<String> rotating() {
        return rootRotationStatements;
    }

    @Override
    public String policy(Connection connection) {
        return passwordPolicy;
    }

    /** It is rotated when somebody asks for it, and then at any time. */
    @Override
    public Optional<Instant> putOff(Instant now) {
        return Optional.empty();
    }

    @Override
    public Connection putOffAt(Instant now, Rotation progress) {
        return at(progress);
    }
}
