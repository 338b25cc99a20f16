package io.daypass.engine.mysql;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.AbandonedConnectionCleanupThread;
import com.mysql.cj.jdbc.NonRegisteringDriver;
import com.mysql.cj.log.NullLogger;
import io.daypass.engine.sql.Opening;
import io.daypass.engine.sql.Watchdog;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.DatabaseConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;

/**
 * Opens sessions: the driver is given properties, never a text of the operator's to read, and in a way that a hostile
 * server can neither read files here nor run code, nor be told the password in the clear.
 */
final class Opener implements Opening<Session> {
    private static final Duration LONGEST_SOCKET_WAIT = Duration.ofSeconds(12);

    /**
     * The server chooses how a login is proved, and these would send it the password as it is, or read files of ours.
     */
    private static final String NEVER_BY = "mysql_clear_password,mysql_old_password,authentication_ldap_sasl_client,"
            + "authentication_kerberos_client,authentication_oci_client,authentication_openid_connect_client,"
            + "authentication_webauthn_client";

    static {
        // A thread that closes forgotten connections, and would keep this plugin's classes for ever. We forget none.
        AbandonedConnectionCleanupThread.uncheckedShutdown();
    }

    private final DatabaseConfig config;
    private final ConnectionUrl url;
    private final SslMode mode;
    private final Watchdog watchdog;
    private final InstantSource clock;

    Opener(DatabaseConfig config, ConnectionUrl url, SslMode mode, Watchdog watchdog, InstantSource clock) {
        this.config = config;
        this.url = url;
        this.mode = mode;
        this.watchdog = watchdog;
        this.clock = clock;
    }

    @Override
    public Session open(String login, Deadline deadline) throws SQLException {
        if (!login.isEmpty()) {
            throw new Unavailable("the login " + login + " that made this user is not known here");
        }
        Connection connection;
        try {
            connection = connect(config.username(), config.password(), deadline);
        } catch (SQLException e) {
            throw SqlErrors.notOpened(e);
        }
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
     * @param identity which server it must be; empty: any. A user without rights can't tell, and is believed
     */
    void tryLogin(String user, Secret password, String identity, Deadline deadline) throws SQLException {
        connect(user, password, deadline).close();
    }

    private Connection connect(String user, Secret password, Deadline deadline) throws SQLException {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        String text = "jdbc:mysql://" + host + ":" + url.port() + "/"
                + URLEncoder.encode(url.database(), StandardCharsets.UTF_8).replace("+", "%20");
        Connection connection = new NonRegisteringDriver().connect(text, properties(user, password, deadline));
        if (connection == null) {
            throw new IllegalStateException("the driver doesn't know its own URL");
        }
        return connection;
    }

    private Properties properties(String user, Secret password, Deadline deadline) {
        Properties properties = new Properties();
        set(properties, PropertyKey.USER, user);
        set(properties, PropertyKey.PASSWORD, password.reveal());
        set(
                properties,
                PropertyKey.connectTimeout,
                millis(deadline, url.options().connectTimeout()));
        set(properties, PropertyKey.socketTimeout, millis(deadline, LONGEST_SOCKET_WAIT));
        set(properties, PropertyKey.tcpKeepAlive, "true");
        set(properties, PropertyKey.autoReconnect, "false");
        set(properties, PropertyKey.characterEncoding, "UTF-8");
        set(properties, PropertyKey.connectionTimeZone, "UTC");
        set(properties, PropertyKey.connectionAttributes, "none");
        set(properties, PropertyKey.logger, NullLogger.class.getName());
        set(properties, PropertyKey.paranoid, "true");
        keepOut(properties);
        setTls(properties);
        return properties;
    }

    /** All of this is the driver's default, or was not once: it is not left to its version. */
    private static void keepOut(Properties properties) {
        set(properties, PropertyKey.allowLoadLocalInfile, "false");
        set(properties, PropertyKey.allowUrlInLocalInfile, "false");
        set(properties, PropertyKey.allowMultiQueries, "false");
        set(properties, PropertyKey.allowPublicKeyRetrieval, "false");
        set(properties, PropertyKey.disabledAuthenticationPlugins, NEVER_BY);
        set(properties, PropertyKey.useServerPrepStmts, "false");
        set(properties, PropertyKey.dnsSrv, "false");
        set(properties, PropertyKey.createDatabaseIfNotExist, "false");
        set(properties, PropertyKey.openTelemetry, "DISABLED");
    }

    private void setTls(Properties properties) {
        set(properties, PropertyKey.sslMode, mode.name());
        set(properties, PropertyKey.fallbackToSystemKeyStore, "false");
        if (!config.tlsCa().isEmpty() && mode != SslMode.DISABLED) {
            set(properties, PropertyKey.socketFactory, PemSocketFactory.class.getName());
            properties.setProperty(PemSocketFactory.CA, config.tlsCa());
            properties.setProperty(PemSocketFactory.VERIFY_HOST, String.valueOf(mode == SslMode.VERIFY_IDENTITY));
        }
    }

    private static void set(Properties properties, PropertyKey key, String value) {
        properties.setProperty(key.getKeyName(), value);
    }

    private static String millis(Deadline deadline, Duration most) {
        return String.valueOf(
                Math.max(1, Math.min(most.toMillis(), deadline.left().toMillis())));
    }
}
