package io.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.daypass.broker.api.Route;
import io.daypass.broker.audit.Audit;
import io.daypass.broker.plugin.Plugins;
import io.daypass.config.HostPort;
import io.daypass.config.ServerConfig;
import io.daypass.lease.Store;
import io.daypass.lease.sqlite.SqliteStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference of the HTTP API names every path that the broker itself serves. */
class HttpReferenceIT {
    private static final Path REFERENCE = Path.of("..", "docs", "reference", "http.md");

    @Test
    void reference_namesEveryPath(@TempDir Path folder) throws IOException {
        String reference = Files.readString(REFERENCE);
        List<String> served = served(folder);

        assertFalse(served.isEmpty(), "nothing is served");
        assertEquals(
                List.of(),
                served.stream()
                        .filter(path -> !reference.contains("`" + path + "`"))
                        .toList(),
                "not in " + REFERENCE + ": what is served must be described there");
    }

    private static List<String> served(Path folder) {
        SecureRandom random = new SecureRandom();
        Sources sources = new Sources(InstantSource.system(), random, random, () -> "an id");
        Vertx vertx = Vertx.vertx();
        try (Store store = SqliteStore.open(folder.resolve("data"), sources.clock());
                Plugins plugins = Plugins.of(Map.of())) {
            ServerConfig config = ServerConfig.dev(new HostPort("127.0.0.1", 0), folder);
            Broker broker = new Broker(vertx, config, sources, store, barrier -> Audit.NONE, plugins, "a cluster");
            return broker.routes().map(Route::pattern).distinct().toList();
        } finally {
            vertx.close();
        }
    }
}
