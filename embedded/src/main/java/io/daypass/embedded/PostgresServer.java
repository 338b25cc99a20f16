package io.daypass.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL server on a free port of 127.0.0.1, with all of its files in one directory.
 *
 * <p>It listens on no socket file and uses no shared memory outside of that directory, so that deleting it leaves
 * nothing behind. It is stopped when it is closed, and when the JVM ends.
 */
public final class PostgresServer implements Postgres {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;

    private final PostgresBinaries binaries;
    private final Path directory;
    private final Path data;
    private final Account account;
    private final String password;
    private final List<String> settings;
    private final int port;
    private final Thread atExit = new Thread(this::kill, "postgresql-stop");
    private Process process;

    private PostgresServer(
            PostgresBinaries binaries, Path directory, Account account, Map<String, String> settings, int port)
            throws IOException {
        this.binaries = binaries;
        this.directory = directory;
        this.data = directory.resolve("data");
        this.account = account;
        this.password = new BigInteger(130, new SecureRandom()).toString(Character.MAX_RADIX);
        this.port = port;
        this.settings = new ArrayList<>();
        settings.forEach((name, value) -> {
            this.settings.add("-c");
            this.settings.add(name + "=" + value);
        });
        initialise();
        this.process = launch();
    }

    /**
     * Unpacks a version and starts a server of it.
     *
     * @param version which
     * @param directory where all of its files go; created when absent
     * @throws IOException if it does not come up; the text holds the last of its log
     */
    public static PostgresServer start(PostgresVersion version, Path directory) throws IOException {
        return start(PostgresBinaries.unpack(version, directory.resolve("programs")), directory, Map.of());
    }

    /**
     * Starts one more server from programs that are unpacked already.
     *
     * @param binaries the programs
     * @param directory where all of its files go; created when absent
     * @param settings of {@code postgresql.conf}, such as {@code fsync} to {@code off}
     * @throws IOException if it does not come up; the text holds the last of its log
     */
    public static PostgresServer start(PostgresBinaries binaries, Path directory, Map<String, String> settings)
            throws IOException {
        Files.createDirectories(directory);
        return start(binaries, directory, settings, Account.ofServers(directory));
    }

    static PostgresServer start(
            PostgresBinaries binaries, Path directory, Map<String, String> settings, Account account)
            throws IOException {
        account.give(directory);
        PostgresServer server = new PostgresServer(binaries, directory, account, settings, ServerProcess.freePort());
        Runtime.getRuntime().addShutdownHook(server.atExit);
        try {
            server.awaitReady();
        } catch (IOException notReady) {
            server.close();
            throw notReady;
        }
        return server;
    }

    @Override
    public int port() {
        return port;
    }

    /** Which version it is of. */
    public PostgresVersion version() {
        return binaries.version();
    }

    @Override
    public String password() {
        return password;
    }

    /** Where its log is written. */
    public Path log() {
        return directory.resolve("postgresql.log");
    }

    @Override
    public String logged() throws IOException {
        return Files.readString(log());
    }

    /** Stops it as a crash would: sessions die, nothing is written that was not on disk. {@link #restart} recovers it. */
    public void kill() {
        stop("immediate");
    }

    /** Ends its sessions and stops it in order; {@link #restart} starts it again. */
    public void stop() {
        stop("fast");
    }

    /** Starts it again after {@link #stop} or {@link #kill}: same port, same data. */
    public void restart() throws IOException {
        process = launch();
        awaitReady();
    }

    /** Stops it for good. Its files are the caller's to delete. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // The JVM is going down and runs the hook by itself; it finds nothing to stop.
            return;
        }
    }

    private void initialise() throws IOException {
        Path passwordFile = Files.writeString(directory.resolve("password"), password);
        ProcessBuilder initdb = account.command(
                        binaries.program("initdb"),
                        List.of(
                                "--pgdata=" + data,
                                "--username=" + SUPERUSER,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-sync",
                                "--no-instructions"))
                .directory(directory.toFile());
        try {
            ServerProcess.run(initdb, directory.resolve("initdb.log"));
        } finally {
            Files.delete(passwordFile);
        }
    }

    private Process launch() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-D", data.toString(),
                "-c", "listen_addresses=127.0.0.1",
                "-c", "port=" + port,
                "-c", "unix_socket_directories=",
                "-c", "dynamic_shared_memory_type=mmap"));
        arguments.addAll(settings);
        return account.command(binaries.program("postgres"), arguments)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private void awaitReady() throws IOException {
        boolean ready = Await.within(START, () -> {
            if (!process.isAlive()) {
                return true;
            }
            superuser("postgres").close();
            return true;
        });
        if (!ready || !process.isAlive()) {
            throw new IOException("PostgreSQL " + version().major() + " did not start: " + Files.readString(log()));
        }
    }

    /** The server itself, for a test of what is left of it. */
    Process process() {
        return process;
    }

    private synchronized void stop(String mode) {
        if (!process.isAlive()) {
            return;
        }
        try {
            Process stopping = account.command(
                            binaries.program("pg_ctl"),
                            List.of("stop", "-D", data.toString(), "-m", mode, "-t", Integer.toString(STOP_SECONDS)))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Account.await(stopping);
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException notStopped) {
            process.destroyForcibly();
            throw new UncheckedIOException(notStopped);
        }
    }
}
