package io.daypass.engine.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real sshd on a port of 127.0.0.1, which logs in whoever runs the tests by the keys of two files. */
public final class Sshd implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    /** How ssh ends if it isn't let in; else it ends as the command there, which may be refused. */
    private static final int SSH_ITSELF = 255;
    /** Where sshd that runs as root wants an empty directory. */
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    private final Path directory;
    private final int port;
    private final Process process;

    private Sshd(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one. What is missing for it skips the test.
     *
     * @param lines of its configuration, besides the usual
     */
    public static Sshd start(Path directory, String... lines) throws IOException, InterruptedException {
        String program = Programs.find("sshd").toString();
        Programs.find("flock");
        generate(directory, "host_key");
        generate(directory, "broker");
        if (user().equals("root")) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
        int port = freePort();
        List<String> configuration = new ArrayList<>(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + directory.resolve("host_key"),
                "AuthorizedKeysFile " + directory.resolve("broker.pub") + " " + directory.resolve("authorized_keys"),
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "MaxStartups 100"));
        configuration.addAll(List.of(lines));
        Path config = Files.write(directory.resolve("sshd_config"), configuration);
        Process process = new ProcessBuilder(program, "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        Sshd started = new Sshd(directory, port, process);
        started.awaitListening();
        return started;
    }

    private static void generate(Path directory, String name) throws IOException, InterruptedException {
        String file = directory.resolve(name).toString();
        Programs.run(directory, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file)
                .good();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void awaitListening() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isListening()) {
            assertTrue(process.isAlive() && System.nanoTime() < end, Files.readString(directory.resolve("sshd.log")));
            Thread.onSpinWait();
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** Who can log in: sshd that isn't root can become nobody else. */
    public static String user() {
        return System.getProperty("user.name");
    }

    /** Its host key, as in a {@code .pub} file. */
    public String hostKey() throws IOException {
        return Files.readString(directory.resolve("host_key.pub")).strip();
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
        Path known =
                Files.writeString(directory.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey() + "\n");
        String[] options = {
            "-F",
            "none",
            "-p",
            String.valueOf(port),
            "-i",
            identity.toString(),
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "IdentityAgent=none",
            "-o",
            "BatchMode=yes",
            "-o",
            "UserKnownHostsFile=" + known,
            "-o",
            "GlobalKnownHostsFile=/dev/null",
            "-o",
            "StrictHostKeyChecking=yes",
            user() + "@127.0.0.1",
            "true"
        };
        return Programs.run(directory, "ssh", options).status() != SSH_ITSELF;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
