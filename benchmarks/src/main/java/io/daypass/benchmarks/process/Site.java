package io.daypass.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.benchmarks.measure.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** A directory that a broker lives in: its configuration, its data, its log. Brokers start and stop; this stays. */
public final class Site {
    /** The name of the file in which what brokers say is kept. */
    public static final String LOG = "broker.log";

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(2);

    private final Installation installation;
    private final Path directory;
    private final InetSocketAddress address;
    private String token;

    private Site(Installation installation, Path directory, InetSocketAddress address, String token) {
        this.installation = installation;
        this.directory = directory;
        this.address = address;
        this.token = token;
    }

    /** Makes an empty one. */
    public static Site create(Installation installation, Path directory) throws IOException {
        Files.createDirectories(directory);
        Site site = new Site(installation, directory, freePort(), "");
        ConfigFile.write(site.configuration(), directory, site.address, installation);
        return site;
    }

    /**
     * The same once more, with all of its data, elsewhere. No broker may run in either meanwhile.
     *
     * @param other a directory that is there and empty
     */
    public Site copyTo(Path other) throws IOException {
        Site copy = new Site(installation, other, freePort(), token);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !file.equals(directory)).toList()) {
                Files.copy(
                        file, other.resolve(directory.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        ConfigFile.write(copy.configuration(), other, copy.address, installation);
        return copy;
    }

    /** Starts a broker, and waits for its first answer. The first of a site is initialised too. */
    public Broker start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(installation.command(configuration()));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        long before = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-" + process.pid()));
        if (token.isEmpty()) {
            awaitAnswer(process, "/v1/sys/seal-status", 200);
            initialise();
        }
        awaitAnswer(process, "/v1/auth/token/lookup-self", 200);
        return new Broker(process, this, (System.nanoTime() - before) / 1e6);
    }

    /** Where its broker listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Talks to its broker as root. */
    public Api api() {
        return new Api(address, token);
    }

    /** The directory of the store. */
    public Path data() {
        return directory.resolve("data");
    }

    /** The file of the store. */
    public Path database() {
        return data().resolve("daypass.db");
    }

    /** What its brokers have said. */
    public Path log() {
        return directory.resolve(LOG);
    }

    private Path configuration() {
        return directory.resolve("daypass.yaml");
    }

    private void initialise() throws IOException {
        JsonNode answer = new Api(address, "").write("sys/init", Map.of());
        token = answer.path("root_token").asText();
        if (token.isEmpty()) {
            throw new IOException("sys/init answered no root token");
        }
    }

    private void awaitAnswer(Process process, String path, int status) throws IOException {
        boolean answered = Pause.until(
                () -> !process.isAlive() || Probe.status(address, path, token) == status, STEP, LONGEST_START);
        if (!answered || !process.isAlive()) {
            process.destroyForcibly();
            throw new IOException("the broker did not answer " + path + "; it said: " + said());
        }
    }

    private String said() {
        try {
            String all = Files.readString(log());
            return all.substring(Math.max(0, all.length() - 4_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }
}
