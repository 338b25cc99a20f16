package io.daypass.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real Redis server of the system's packages on a free port of 127.0.0.1, with all of its files in one directory.
 *
 * <p>It has one user, {@link #ADMIN}, who needs a password. Users live in memory, and in its ACL file once {@code ACL
 * SAVE} was said; keys are on disk as they are written. It is stopped when it is closed, and when the JVM ends.
 */
public final class RedisServer implements AutoCloseable {
    /** The user who may do everything: the one that a connection is until it says who it is. */
    public static final String ADMIN = "default";

    private static final int PATIENCE_SECONDS = 20;

    private final Path server;
    private final Path client;
    private final Path directory;
    private final Account account;
    private final Map<String, String> options;
    private final String password = new BigInteger(130, new SecureRandom()).toString(Character.MAX_RADIX);
    private final int port;
    private final ServerProcess process;

    private RedisServer(Path server, Path client, Path directory, Map<String, String> options) throws IOException {
        this.server = server;
        this.client = client;
        this.directory = directory.toAbsolutePath();
        this.options = Map.copyOf(options);
        this.account = Account.ofServers(directory);
        this.port = ServerProcess.freePort();
        account.give(this.directory);
        account.give(Files.createDirectory(data()));
        Files.writeString(aclFile(), "user " + ADMIN + " on >" + password + " ~* &* +@all\n");
        this.process = ServerProcess.start("Redis", log(), command(), this::answers);
    }

    /** Whether {@link #start} would find redis-server and redis-cli: by PATH. */
    public static boolean isInstalled() {
        return Programs.find("redis-server").isPresent()
                && Programs.find("redis-cli").isPresent();
    }

    /**
     * Starts one.
     *
     * @param directory where all of its files go; created when absent
     * @param options as in its configuration file: {@code maxclients} to {@code 5}
     * @throws IOException if it is not installed, or does not come up; the text holds its log
     */
    public static RedisServer start(Path directory, Map<String, String> options) throws IOException {
        Files.createDirectories(directory);
        return new RedisServer(found("redis-server"), found("redis-cli"), directory, options);
    }

    private static Path found(String program) throws IOException {
        return Programs.find(program)
                .orElseThrow(
                        () -> new IOException("there is no " + program + " here; Debian's package is redis-server"));
    }

    /** The port it listens on, at 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The password of {@link #ADMIN}. */
    public String password() {
        return password;
    }

    /** Where its log is written. */
    public Path log() {
        return directory.resolve("redis.log");
    }

    /** Where {@code ACL SAVE} writes its users, and where it reads them from as it starts. */
    public Path aclFile() {
        return data().resolve("users.acl");
    }

    /** Has {@link #ADMIN} say a command: {@link #askAs}. */
    public String ask(String... command) throws IOException {
        return askAs(ADMIN, password, command);
    }

    /**
     * Says a command by redis-cli, on a connection of its own.
     *
     * @param user as whom
     * @param secret the user's password
     * @param command its words
     * @return the answer as redis-cli prints it into a pipe, which an error is as well; a line an element
     * @throws IOException if there is none within 20 seconds
     */
    public String askAs(String user, String secret, String... command) throws IOException {
        Path answer = Files.createTempFile(directory, "answer", ".txt");
        List<String> words = new ArrayList<>(List.of(client.toString(), "-p", Integer.toString(port), "--user", user));
        words.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(answer.toFile());
        builder.environment().put("REDISCLI_AUTH", secret);
        Process asking = builder.start();
        try {
            if (!asking.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                asking.destroyForcibly();
                throw new IOException("Redis did not answer within " + PATIENCE_SECONDS + " s");
            }
            return Files.readString(answer, StandardCharsets.UTF_8).strip();
        } catch (InterruptedException interrupted) {
            asking.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Redis was asked", interrupted);
        } finally {
            Files.delete(answer);
        }
    }

    /** Whether a user and a password are let in. */
    public boolean letsIn(String user, String secret) throws IOException {
        String answer = askAs(user, secret, "ACL", "WHOAMI");
        // Who is let in may lack the right to ask who they are.
        return answer.equals(user) || answer.startsWith("NOPERM");
    }

    /** Ends it as a crash would. */
    public void kill() {
        process.kill();
    }

    /** Stops it in order; {@link #restart} starts it again. */
    public void stop() {
        process.stop();
    }

    /** Has it do nothing from now on, with all of its connections open, until {@link #resume}. */
    public void pause() {
        process.pause();
    }

    /** Has it go on after {@link #pause}. */
    public void resume() {
        process.resume();
    }

    /** Starts it again: same port, same keys, and the users of its ACL file. */
    public void restart() throws IOException {
        process.restart(command().command());
    }

    /** Stops it for good and deletes its data. */
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

    private ProcessBuilder command() {
        List<String> arguments = new ArrayList<>(List.of(
                "--port", Integer.toString(port),
                "--bind", "127.0.0.1",
                "--dir", data().toString(),
                "--aclfile", aclFile().toString(),
                "--daemonize", "no",
                "--save", "",
                "--appendonly", "yes",
                "--appendfsync", "always"));
        options.forEach((name, value) -> arguments.addAll(List.of("--" + name, value)));
        return account.command(server, arguments).directory(directory.toFile());
    }

    private boolean answers() throws IOException {
        return ask("PING").equals("PONG");
    }
}
