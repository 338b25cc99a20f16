package io.daypass.engine.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.plugin.Engine;
import io.daypass.testkit.Credential;
import io.daypass.testkit.CutLink;
import io.daypass.testkit.EngineContract;
import io.daypass.testkit.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Leased lines of {@code authorized_keys} keep the contract: a real sshd logs the key in for as long as its line is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineContractIT extends EngineContract {
    private static final String OTHERS = "# somebody else's\n";

    @TempDir
    private static Path directory = Path.of("/");

    private Sshd server;
    private CutLink link;
    private int keys;

    // Begun before all tests.
    @SuppressWarnings("NullAway.Init")
    LineContractIT() {}

    @BeforeAll
    void start() throws IOException, InterruptedException {
        server = start(directory);
        link = new CutLink(server.port());
        Files.writeString(server.authorizedKeys(), OTHERS);
    }

    /** The host. */
    Sshd start(Path home) throws IOException, InterruptedException {
        return Sshd.start(home);
    }

    @AfterEach
    void othersAreLeftAlone() throws IOException {
        List<String> lines = Files.readAllLines(server.authorizedKeys());
        assertEquals(OTHERS.strip(), lines.get(0));
    }

    @AfterAll
    void stop() throws IOException {
        if (link != null) {
            link.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Class<? extends Engine> engine() {
        return SshEngine.class;
    }

    @Override
    protected Map<String, String> configuration() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("hosts/web", host().toString());
        entries.put("roles/hands", "{'key_type':'authorized_keys','hosts':'web'}");
        return entries;
    }

    /** What is said of the host. */
    ObjectNode host() {
        try {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("address", "127.0.0.1")
                    .put("port", link.port())
                    .put("username", Sshd.user())
                    .put("private_key", server.brokerKey())
                    .put("host_key", server.hostKey())
                    .put("authorized_keys", server.authorizedKeys().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String issuePath() {
        return "authorize/hands";
    }

    /** Each lease is for a key of its own, which is named after its file. */
    @Override
    protected String body() {
        Path key = directory.resolve("id" + ++keys);
        try {
            Programs.run(directory, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key.toString())
                    .good();
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("host", "web");
            return body.put(
                            "public_key",
                            Files.readString(Path.of(key + ".pub")).strip() + " " + key.getFileName())
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Set<String> secretFields() {
        return Set.of("private_key");
    }

    @Override
    protected boolean works(Credential credential) throws IOException, InterruptedException {
        String key = credential.sent().path("public_key").asText();
        return server.takes(directory.resolve(key.substring(key.lastIndexOf(' ') + 1)));
    }

    @Override
    protected int left() throws IOException {
        return (int) Files.readAllLines(server.authorizedKeys()).stream()
                .filter(line -> line.contains("restrict"))
                .count();
    }

    @Override
    protected Link link() {
        return link;
    }

    @Override
    protected String orphansPath() {
        return "orphans/web";
    }

    @Override
    protected String stranger() throws IOException {
        Files.writeString(server.authorizedKeys(), "# all for one: d-artagnan\n", StandardOpenOption.APPEND);
        return "d-artagnan";
    }

    @Override
    protected Map<String, List<String>> earlierHandles() {
        return Map.of("line", List.of("{'host':'web','mark':'d-of-version-0-1'}"));
    }
}
