package io.daypass.engine.redis;

import io.daypass.embedded.RedisServer;
import io.daypass.embedded.source.RedisSource;
import io.daypass.plugin.Engine;
import io.daypass.testkit.Credential;
import io.daypass.testkit.CutLink;
import io.daypass.testkit.EngineContract;
import io.daypass.testkit.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisContractIT extends EngineContract {
    private RedisServer server;
    private CutLink link;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        server = RedisSource.start(directory, Map.of());
        link = new CutLink(server.port());
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            link.close();
            server.close();
        }
    }

    @Override
    protected Class<? extends Engine> engine() {
        return RedisEngine.class;
    }

    @Override
    protected Map<String, String> configuration() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("config", "{'url':'redis://127.0.0.1:" + link.port() + "','password':'" + server.password() + "'}");
        entries.put("roles/reader", "{'rules':'~app:* +@read'}");
        return entries;
    }

    @Override
    protected String issuePath() {
        return "creds/reader";
    }

    @Override
    protected Set<String> secretFields() {
        return Set.of("password");
    }

    @Override
    protected boolean works(Credential credential) {
        try {
            return server.letsIn(credential.text("username"), credential.text("password"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    protected int left() {
        return (int) users().stream().filter(user -> user.startsWith("d-")).count();
    }

    @Override
    protected Link link() {
        return link;
    }

    @Override
    protected String orphansPath() {
        return "orphans";
    }

    @Override
    protected String stranger() {
        ask("ACL", "SETUSER", "alice", "on", ">a-password-that-no-broker-made", "+get");
        return "alice";
    }

    @Override
    protected Map<String, List<String>> earlierHandles() {
        return Map.of("user", List.of("{'name':'d-earlier','server':'redis://127.0.0.1:" + link.port() + "'}"));
    }

    private List<String> users() {
        return ask("ACL", "USERS").lines().toList();
    }

    private String ask(String... command) {
        try {
            return server.ask(command);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
