package io.daypass.dist;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A child broker from the assembled directory, initialised, on a free port; checked for leaked secrets when it is closed. */
public final class RunningBroker implements AutoCloseable {
    private final Path directory;
    private final BrokerConfig config;
    private final BrokerProcess process;
    private final Secrets secrets = new Secrets();
    private final Api root;

    private RunningBroker(Path directory, BrokerConfig config, BrokerProcess process) {
        this.directory = directory;
        this.config = config;
        this.process = process;
        process.start();
        Api stranger = Api.at(config.address()).watchedBy(secrets::note);
        Answer first = stranger.put("sys/init", Map.of("secret_shares", 1, "secret_threshold", 1))
                .ok();
        this.root = stranger.as(first.body().path("root_token").asText());
    }

    /**
     * Starts and initialises one, with the file seal and by plain HTTP.
     *
     * @param directory for all that it writes
     * @param configured changes what it is configured with
     */
    public static RunningBroker start(Path directory, UnaryOperator<BrokerConfig> configured) throws IOException {
        BrokerConfig config = configured.apply(new BrokerConfig(directory, BrokerProcess.freePort()));
        Path file = config.write();
        BrokerProcess process = new BrokerProcess(
                Assembly.installation(),
                directory.resolve("process"),
                Api.at(config.address()),
                List.of("-config", file.toString()));
        return new RunningBroker(directory, config, process);
    }

    /** Its API, as root. */
    public Api root() {
        return root;
    }

    /** Where all of its files are. */
    public Path directory() {
        return directory;
    }

    /** What it was configured with. */
    public BrokerConfig config() {
        return config;
    }

    /** Its process. */
    public BrokerProcess process() {
        return process;
    }

    /** What it was seen to give away. */
    public Secrets secrets() {
        return secrets;
    }

    /** A token with these policies and nothing else of root's. */
    public Api with(String... policies) {
        JsonNode auth = root.write("auth/token/create-orphan", Map.of("policies", List.of(policies), "ttl", "1h"))
                .ok()
                .body()
                .path("auth");
        return root.as(auth.path("client_token").asText());
    }

    /** Puts a policy in force. */
    public void policy(String name, String text) {
        root.put("sys/policies/acl/" + name, Map.of("policy", text)).ok();
    }

    /** Where secrets were found in what it has written to disk; empty: nowhere. */
    public List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String found = secrets.foundIn(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                if (!found.isEmpty()) {
                    leaks.add(directory.relativize(file) + ": " + found);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return leaks;
    }

    @Override
    public void close() {
        process.close();
        List<String> leaks = leaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError("secrets were written down: " + leaks);
        }
    }
}
