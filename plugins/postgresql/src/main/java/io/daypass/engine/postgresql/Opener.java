package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Opening;
import io.daypass.engine.sql.Watchdog;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.MintingLogin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions: the driver is given properties, never a text of the operator's to read. */
final class Opener implements Opening<Session> {
    private static final Logger LOG = LoggerFactory.getLogger(Opener.class);
    private static final int LONGEST_SOCKET_WAIT_SECONDS = 12;

    /**
     * Limits that the server keeps, should we be gone. A lock is waited for less long than a statement may take, so that
     * the error says which of the two it was. Settings that our statements rely on are not left to the server's defaults.
     */
    private static final String OPTIONS = "-c statement_timeout=12s -c lock_timeout=10s"
            + " -c idle_in_transaction_session_timeout=10s"
            + " -c standard_conforming_strings=on"
            + " -c default_transaction_isolation=read\\ committed";

    static {
        // The driver registers itself as its class is loaded, which would keep this plugin's classes for ever.
        try {
            if (Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (SQLException e) {
            LOG.warn("the driver stays registered", e);
        }
    }

    private final DatabaseConfig config;
    private final ConnectionUrl url;
    private final Watchdog watchdog;
    private final InstantSource clock;

    Opener(DatabaseConfig config, ConnectionUrl url, Watchdog watchdog, InstantSource clock) {
        this.config = config;
        this.url = url;
        this.watchdog = watchdog;
        this.clock = clock;
    }

    @Override
    public Session open(String login, Deadline deadline) throws SQLException {
        String user = login.isEmpty() ? config.username() : login;
        Connection connection = connect(user, password(login), deadline);
        try {
            return new Session(connection, login, watchdog, clock, deadline);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Logs in, and out again.
     *
     * @param user any login of the server
     * @param identity which database it must be; empty: any
     */
    void tryLogin(String user, Secret password, String identity, Deadline deadline) throws SQLException {
        try (Connection connection = connect(user, password, deadline)) {
            if (!identity.isEmpty()) {
                new Session(connection, user, watchdog, clock, deadline).mustBe(identity);
            }
        }
    }

    private Connection connect(String user, Secret password, Deadline deadline) throws SQLException {
        // The driver takes host and port from its properties, but the name of the database from the text alone.
        String name = URLEncoder.encode(url.database(), StandardCharsets.UTF_8);
        Connection connection = new Driver().connect("jdbc:postgresql:" + name, properties(user, password, deadline));
        if (connection == null) {
            throw new IllegalStateException("the driver doesn't know its own URL");
        }
        return connection;
    }

    private Properties properties(String user, Secret password, Deadline deadline) {
        Properties properties = new Properties();
        PGProperty.PG_HOST.set(properties, url.hostNames());
        PGProperty.PG_PORT.set(properties, url.ports());
        PGProperty.USER.set(properties, user);
        // Never null: the driver would look for one in files.
        PGProperty.PASSWORD.set(properties, password.reveal());
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.APPLICATION_NAME.set(properties, url.options().applicationName());
        PGProperty.TARGET_SERVER_TYPE.set(properties, url.hosts().size() > 1 ? "primary" : "any");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.OPTIONS.set(properties, OPTIONS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(
                properties, seconds(deadline, url.options().connectTimeoutSeconds()));
        // Covers the handshake too, which connectTimeout doesn't.
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(deadline, LONGEST_SOCKET_WAIT_SECONDS));
        setTls(properties);
        return properties;
    }

    private void setTls(Properties properties) {
        String mode = Tls.mode(url.options().sslmode(), config.tlsCa());
        PGProperty.SSL_MODE.set(properties, mode);
        if (!config.tlsCa().isEmpty()) {
            PGProperty.SSL_FACTORY.set(properties, PemTrust.class.getName());
            PGProperty.SSL_FACTORY_ARG.set(properties, config.tlsCa());
        } else if (mode.startsWith("verify-")) {
            // The driver's own default reads files in a home directory.
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private Secret password(String login) {
        if (login.isEmpty()) {
            return config.password();
        }
        return config.mintingLogins().stream()
                .filter(each -> each.name().equals(login))
                .map(MintingLogin::password)
                .findFirst()
                .orElseThrow(() -> new Unavailable(
                        "the login " + login + " that made this user is not known here any more; only it can end it"));
    }

    private static int seconds(Deadline deadline, int most) {
        return (int) Math.max(1, Math.min(most, (deadline.left().toMillis() + 999) / 1000));
    }
}
