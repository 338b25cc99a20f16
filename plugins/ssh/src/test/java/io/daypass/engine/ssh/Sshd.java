package io.daypass.engine.ssh;

import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real sshd on a port of 127.0.0.1, which logs in whoever runs the tests by the keys of two files. */
public final class Sshd implements AutoCloseable {
    /** How ssh ends if it isn't let in; else it ends as the command there, which may be refused. */
    private static final int SSH_ITSELF = 255;

    private final Path directory;
    private final SshServer server;

    private Sshd(Path directory, SshServer server) {
        this.directory = directory;
        this.server = server;
    }

    /**
     * Starts one. What is missing for it skips the test.
     *
     * @param lines of its configuration, besides the usual
     */
    public static Sshd start(Path directory, String... lines) throws IOException, InterruptedException {
        for (String needed : List.of("sshd", "ssh", "ssh-keygen", "flock")) {
            Programs.find(needed);
        }
        String broker = directory.resolve("broker").toString();
        Programs.run(directory, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", broker)
                .good();
        Stream<String> usual = Stream.of(
                "AuthorizedKeysFile " + directory.resolve("broker.pub") + " " + directory.resolve("authorized_keys"),
                "MaxStartups 100");
        return new Sshd(
                directory,
                SshServer.start(
                        directory, Stream.concat(usual, Stream.of(lines)).toArray(String[]::new)));
    }

    public int port() {
        return server.port();
    }

    /** Who can log in: sshd that isn't root can become nobody else. */
    public static String user() {
        return SshServer.user();
    }

    /** Its host key, as in a {@code .pub} file. */
    public String hostKey() throws IOException {
        return server.hostKey();
    }

    /** The private key that always logs in. */
    public String brokerKey() throws IOException {
        return Files.readString(directory.resolve("broker"));
    }

    /** Whose other keys log in. */
    public Path authorizedKeys() {
        return directory.resolve("authorized_keys");
    }

    /** Whether a private key logs in. */
    public boolean takes(Path identity) throws IOException, InterruptedException {
        return server.login(identity, "true").status() != SSH_ITSELF;
    }

    @Override
    public void close() {
        server.close();
    }
}
