package io.daypass.testkit;

import io.daypass.plugin.Engine;
import io.daypass.testkit.key.KeyEngine;
import io.daypass.testkit.key.KeyServer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract for an engine that makes keys in a {@link KeyServer}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyContract extends EngineContract {
    /** The engine to be tried, by the class that is run. */
    static volatile Class<? extends KeyEngine> tried = KeyEngine.class;

    private KeyServer server;
    private CutLink link;

    // Begun before all tests.
    @SuppressWarnings("NullAway.Init")
    KeyContract() {}

    @BeforeAll
    void start() throws IOException {
        server = new KeyServer();
        link = new CutLink(server.port());
    }

    @AfterAll
    void stop() throws IOException {
        link.close();
        server.close();
    }

    @Override
    protected Class<? extends Engine> engine() {
        return tried;
    }

    @Override
    protected Map<String, String> configuration() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("config", "{'port':" + link.port() + ",'password':'" + KeyServer.PASSWORD + "'}");
        entries.put("roles/reader", "{}");
        entries.put("standing/door", "{'purpose':'the door'}");
        return entries;
    }

    @Override
    protected String issuePath() {
        return "creds/reader";
    }

    @Override
    protected Set<String> secretFields() {
        return Set.of("key", "password");
    }

    @Override
    protected boolean works(Credential credential) {
        return server.opens(credential.text("name"), credential.text("key"));
    }

    @Override
    protected int left() {
        return server.count();
    }

    @Override
    protected boolean isSettled() {
        return server.opens(
                KeyEngine.PREFIX + "door", asked("tell/door", "{}").path("key").asText());
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
        server.put("d-artagnan", "one-for-all-and-all-for-one");
        return "d-artagnan";
    }

    @Override
    protected Map<String, List<String>> earlierHandles() {
        return Map.of("key", List.of("{'name':'d-of-an-earlier-version'}"));
    }
}
