package io.daypass.embedded.source;

import io.daypass.embedded.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where a Redis server comes from: the system's packages. */
public final class RedisSource {
    private RedisSource() {}

    /**
     * Starts a server. If Redis is not installed the test is skipped, with a line that says so; with {@code CI=true} it
     * fails.
     *
     * @param directory where all of its files go; created when absent
     * @param options as in its configuration file
     * @throws IOException if it does not come up
     */
    public static RedisServer start(Path directory, Map<String, String> options) throws IOException {
        if (!RedisServer.isInstalled()) {
            throw Missing.program("there is no redis-server with redis-cli here; Debian's package is redis-server");
        }
        return RedisServer.start(directory, options);
    }
}
