package io.daypass.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real MariaDB server on a free port of 127.0.0.1, with all of its files in one directory.
 *
 * <p>It reads no configuration of the system's, and has no accounts but {@link #ADMIN} and its own {@code mariadb.sys}.
 * It is stopped when it is closed, and when the JVM ends.
 */
public final class MariaDbServer implements MySqlServer {
    /** The installer and the server have to agree on it, or the server writes its log anew. */
    private static final String REDO_LOG = "--innodb-log-file-size=16M";

    private final MariaDbBinaries binaries;
    private final Path directory;
    private final Account account;
    private final Map<String, String> options;
    private final String password = new BigInteger(130, new SecureRandom()).toString(Character.MAX_RADIX);
    private final int port;
    private final ServerProcess process;

    private MariaDbServer(MariaDbBinaries binaries, Path directory, Map<String, String> options, Account account)
            throws IOException {
        this.binaries = binaries;
        this.directory = directory.toAbsolutePath();
        this.options = Map.copyOf(options);
        this.account = account;
        this.port = ServerProcess.freePort();
        initialise();
        this.process = ServerProcess.start("MariaDB", log(), command(), this::answers);
    }

    /**
     * Starts one.
     *
     * @param binaries its programs
     * @param directory where all of its files go; created when absent
     * @param options as on its command line, without the dashes: {@code max_connections} to {@code 10}; an empty value
     *     for one that takes none. It has no TLS, unless one of them begins with {@code ssl}
     * @throws IOException if it does not come up; the text holds its log
     */
    public static MariaDbServer start(MariaDbBinaries binaries, Path directory, Map<String, String> options)
            throws IOException {
        Files.createDirectories(directory);
        return start(binaries, directory, options, Account.ofServers(directory));
    }

    static MariaDbServer start(MariaDbBinaries binaries, Path directory, Map<String, String> options, Account account)
            throws IOException {
        account.give(directory);
        account.open(binaries.server());
        return new MariaDbServer(binaries, directory, options, account);
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String password() {
        return password;
    }

    /** Where its log is written. */
    public Path log() {
        return directory.resolve("mariadb.log");
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public void pause() {
        process.pause();
    }

    @Override
    public void resume() {
        process.resume();
    }

    @Override
    public void restart() throws IOException {
        process.restart(command().command());
    }

    /**
     * Starts it again with other options besides those it was started with.
     *
     * @param other options; an option that is given here has this value until the next restart
     */
    public void restart(Map<String, String> other) throws IOException {
        process.restart(command(other).command());
    }

    @Override
    public void close() {
        process.end();
        try {
            ServerProcess.delete(data());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    /** A server that starts clears its temporary folder of what other servers have there too. */
    private String temporary() {
        return "--tmpdir=" + directory;
    }

    /** The installer leaves a root without a password; this replaces it before there is a port to reach it by. */
    private void initialise() throws IOException {
        Path accounts = Files.writeString(directory.resolve("accounts.sql"), """
                DELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys';
                FLUSH PRIVILEGES;
                CREATE USER '%1$s'@'%%' IDENTIFIED BY '%2$s';
                GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
                """.formatted(ADMIN, password));
        List<String> arguments = binaries.arguments(List.of(
                "--datadir=" + data(),
                temporary(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                REDO_LOG,
                "--extra-file=" + accounts));
        ServerProcess.run(
                account.command(binaries.installer(), arguments).directory(directory.toFile()),
                directory.resolve("mariadb-install-db.log"));
        Files.delete(accounts);
    }

    private ProcessBuilder command() {
        return command(Map.of());
    }

    /** The last of two that set the same counts. */
    private ProcessBuilder command(Map<String, String> other) {
        Stream<String> usual = Stream.of(
                "--datadir=" + data(),
                temporary(),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // Within the data directory: the whole path might be longer than a socket's may be.
                "--socket=server.sock",
                "--pid-file=server.pid",
                "--innodb-buffer-pool-size=32M",
                REDO_LOG);
        boolean isWithTls = Stream.concat(options.keySet().stream(), other.keySet().stream())
                .anyMatch(name -> name.startsWith("ssl"));
        // With TLS and no key of ours 11.4 makes a pair as it starts, which takes it many seconds.
        Stream<String> tls = isWithTls ? Stream.empty() : Stream.of("--skip-ssl");
        List<String> arguments = binaries.arguments(Stream.of(usual, tls, lines(options), lines(other))
                .flatMap(part -> part)
                .toList());
        return account.command(binaries.server(), arguments).directory(directory.toFile());
    }

    private static Stream<String> lines(Map<String, String> options) {
        return options.entrySet().stream()
                .map(each -> "--" + each.getKey() + (each.getValue().isEmpty() ? "" : "=" + each.getValue()));
    }

    private boolean answers() throws SQLException {
        admin().close();
        return true;
    }

    /** The server's process id, for a test of what is left of it. */
    long pid() {
        return process.pid();
    }
}
