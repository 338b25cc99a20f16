package io.daypass.engine.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * A real PostgreSQL on a free port of 127.0.0.1, with a directory of its own that goes with it. {@code fsync} is on, as
 * delivered; the superuser is {@code postgres}, and passwords are asked for.
 */
public final class PostgresServer implements AutoCloseable {
    /** The superuser. */
    public static final String SUPERUSER = "postgres";
    /** The superuser's password. */
    public static final String SUPERUSER_PASSWORD = "superuser-of-a-test";

    private static final int PATIENCE_SECONDS = 60;

    private final int version;
    private final Path bin;
    private final Path directory;
    private final int port;
    private final List<String> as;
    private final Thread atExit = new Thread(this::stopQuietly);

    private PostgresServer(int version) throws IOException {
        this.version = version;
        bin = PostgresBinaries.bin(version);
        directory = Files.createTempDirectory("daypass-postgres-");
        port = freePort();
        as = somebodyElse();
    }

    /** Whether that major version can be started here. */
    public static boolean canStart(int version) {
        return PostgresBinaries.has(version);
    }

    /**
     * Makes and starts a server.
     *
     * @param version the major version, such as 18
     * @param settings more of them, such as {@code max_connections=200}
     */
    public static PostgresServer start(int version, String... settings) throws IOException {
        PostgresServer server = new PostgresServer(version);
        boolean started = false;
        try {
            server.initialize(List.of(settings));
            server.start();
            started = true;
            return server;
        } finally {
            if (!started) {
                server.close();
            }
        }
    }

    /** Its major version. */
    public int version() {
        return version;
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The number of its main process. */
    public long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data().resolve("postmaster.pid")).get(0));
    }

    /** What it has written to its log. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    /** Starts it again after {@link #stop}. */
    public void start() throws IOException {
        command(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                "" + PATIENCE_SECONDS,
                "-D",
                data().toString(),
                "-l",
                directory.resolve("log").toString());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Stops it at once. */
    public void stop() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        halt();
    }

    /** A URL for the connection of the database engine. */
    public String url(String database) {
        return "postgresql://{{username}}:{{password}}@127.0.0.1:" + port + "/" + database;
    }

    /** Logs in. */
    public Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        Connection connection =
                new Driver().connect("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
        if (connection == null) {
            throw new SQLException("the driver doesn't know its own URL");
        }
        return connection;
    }

    /** Runs statements as the superuser. */
    public void execute(String database, String... statements) {
        try (Connection connection = connect(database, SUPERUSER, SUPERUSER_PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of an answer, asked as the superuser. */
    public List<String> ask(String database, String query) {
        List<String> answers = new ArrayList<>();
        try (Connection connection = connect(database, SUPERUSER, SUPERUSER_PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return answers;
    }

    /**
     * Makes what an operator makes for the broker: a database with a table in it, a role that may read the table, and a
     * login with the rights that the manual asks for.
     */
    public void prepare(String database, String broker, String password) {
        execute("postgres", "CREATE DATABASE " + database);
        execute(
                "postgres",
                "CREATE ROLE readonly",
                "CREATE ROLE " + broker + " LOGIN CREATEROLE PASSWORD '" + password + "'",
                "GRANT readonly TO " + broker + " WITH ADMIN OPTION",
                "GRANT pg_signal_backend TO " + broker + " WITH ADMIN OPTION");
        execute(
                database,
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.item (name text)",
                "INSERT INTO shop.item VALUES ('pen')",
                "GRANT USAGE ON SCHEMA shop TO readonly",
                "GRANT SELECT ON ALL TABLES IN SCHEMA shop TO readonly");
    }

    /** Stops it and removes all of it. */
    @Override
    public void close() throws IOException {
        if (isRunning()) {
            stop();
        }
        delete();
    }

    private boolean isRunning() {
        return Files.exists(data().resolve("postmaster.pid"));
    }

    private void halt() throws IOException {
        command("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data().toString());
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void initialize(List<String> settings) throws IOException {
        Path password = directory.resolve("password");
        Files.writeString(password, SUPERUSER_PASSWORD);
        if (as.contains("nobody")) {
            // Its files must be its own; the directory holds nothing else.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        command(
                "initdb",
                "-D",
                data().toString(),
                "-U",
                SUPERUSER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync");
        List<String> all = new ArrayList<>(List.of(
                "listen_addresses='127.0.0.1'",
                "port=" + port,
                "unix_socket_directories=''",
                "log_line_prefix='%m [%p] '",
                "log_statement=all",
                "max_connections=100",
                "lc_messages=C"));
        all.addAll(settings);
        Files.write(data().resolve("postgresql.auto.conf"), all);
    }

    private void command(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(as);
        command.add(bin.resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        Path output = directory.resolve(program + ".out");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(2L * PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(program + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void stopQuietly() {
        try {
            if (isRunning()) {
                halt();
            }
            delete();
        } catch (IOException e) {
            System.err.println("a PostgreSQL of a test was left behind in " + directory + ": " + e);
        }
    }

    /** PostgreSQL refuses to run as root: then as nobody, by a user namespace or in earnest. */
    private static List<String> somebodyElse() throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        return succeeds("unshare", "-U", "true") ? List.of("unshare", "-U") : List.of("runuser", "-u", "nobody", "--");
    }

    private static boolean succeeds(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
