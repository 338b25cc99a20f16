package io.daypass.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real sshd on a port of 127.0.0.1 that logs in whoever runs the tests, by certificate. */
public final class SshServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    /** Where sshd that runs as root wants an empty directory. */
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    private final Path directory;
    private final int port;
    private final Process process;
    private final boolean madeSeparation;

    private SshServer(Path directory, int port, Process process, boolean madeSeparation) {
        this.directory = directory;
        this.port = port;
        this.process = process;
        this.madeSeparation = madeSeparation;
    }

    /**
     * Starts one with a host key of its own.
     *
     * @param directory for all that it reads and writes
     * @param lines of its configuration, besides the usual
     */
    public static SshServer start(Path directory, String... lines) throws IOException, InterruptedException {
        return start(directory, Programs.found("sshd"), List.of("UsePAM no"), lines);
    }

    /**
     * Starts one that asks PAM for passwords, by keyboard-interactive alone.
     *
     * @param directory for all that it reads and writes
     * @param program sshd under the name of its PAM service
     */
    public static SshServer ofPam(Path directory, Path program) throws IOException, InterruptedException {
        List<String> own = new ArrayList<>(List.of(
                "UsePAM yes", "PermitRootLogin yes", "KbdInteractiveAuthentication yes", "PubkeyAuthentication no"));
        String named = "PAMServiceName " + program.getFileName();
        if (knows(directory, named)) {
            own.add(named);
        }
        return start(directory, program.toString(), own);
    }

    /** From OpenSSH 9.8 on a line names the service; before, the name of the program does. */
    private static boolean knows(Path directory, String line) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path probe = Files.writeString(directory.resolve("probe"), line + "\n");
        return !Programs.run(directory, "sshd", List.of("-t", "-f", probe.toString()))
                .output()
                .contains("Bad configuration option");
    }

    /** Of two lines that set the same, sshd heeds the first. */
    private static SshServer start(Path directory, String program, List<String> first, String... lines)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        boolean needsSeparation = user().equals("root") && !Files.exists(PRIVILEGE_SEPARATION);
        if (needsSeparation) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
        Path hostKey = directory.resolve("host_key");
        if (!Files.exists(hostKey)) {
            Programs.run(directory, "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", hostKey.toString()));
        }
        int port = ServerProcess.freePort();
        List<String> config = new ArrayList<>(first);
        config.addAll(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + hostKey,
                "PidFile none",
                "StrictModes no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "LogLevel VERBOSE"));
        config.addAll(List.of(lines));
        if (config.stream().noneMatch(line -> line.startsWith("AuthorizedKeysFile"))) {
            config.add("AuthorizedKeysFile none");
        }
        Path file = Files.write(directory.resolve("sshd_config"), config);
        Process process = new ProcessBuilder(program, "-D", "-e", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        SshServer server = new SshServer(directory, port, process, needsSeparation);
        Await.until(START, "sshd listens", server::listens);
        return server;
    }

    /** Who can log in: sshd that isn't root can become nobody else. */
    public static String user() {
        return System.getProperty("user.name");
    }

    /** The port it listens on, at 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Its process, which a HUP makes read its configuration anew. */
    public long pid() {
        return process.pid();
    }

    /** Its host key, as in a {@code .pub} file. */
    public String hostKey() throws IOException {
        return Files.readString(directory.resolve("host_key.pub")).strip();
    }

    /** What it has logged. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("sshd.log"));
    }

    /** Replaces a file that it reads at each login, in one step. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.write(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Logs in with a certificate and runs a command.
     *
     * @param identity the private key; its certificate lies beside it as {@code -cert.pub}
     */
    public Programs.Result login(Path identity, String command) throws IOException, InterruptedException {
        return login(identity, known(), "127.0.0.1", command);
    }

    private Path known() throws IOException {
        return Files.writeString(directory.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey() + "\n");
    }

    /** Begins a session that goes on. */
    public Process session(Path identity, String command, Path output) throws IOException {
        List<String> line = new ArrayList<>(List.of(Programs.found("ssh")));
        line.addAll(arguments(identity, known(), "127.0.0.1", command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().remove("SSH_AUTH_SOCK");
        return builder.start();
    }

    /**
     * The same, trusting what is given.
     *
     * @param known hosts
     * @param name that the host's certificate should bear
     */
    public Programs.Result login(Path identity, Path known, String name, String command)
            throws IOException, InterruptedException {
        return Programs.run(directory, "ssh", arguments(identity, known, name, command));
    }

    private List<String> arguments(Path identity, Path known, String name, String command) {
        return List.of(
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
                "-o",
                "HostKeyAlias=" + (name.equals("127.0.0.1") ? "[127.0.0.1]:" + port : name),
                "-o",
                "ConnectTimeout=10",
                user() + "@127.0.0.1",
                command);
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("sshd has ended: " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (madeSeparation) {
            try {
                Files.deleteIfExists(PRIVILEGE_SEPARATION);
            } catch (IOException inUse) {
                // Another sshd has come meanwhile, which wants it as well.
                return;
            }
        }
    }
}
