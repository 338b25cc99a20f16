package io.daypass.cli.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said of a mount. */
public final class MountOptions {
    @Option(names = "--description", paramLabel = "TEXT", description = "what it is for")
    private @Nullable String description;

    @Option(names = "--default-lease-ttl", paramLabel = "DURATION", description = "how long leases are by default")
    private @Nullable String defaultTtl;

    @Option(names = "--max-lease-ttl", paramLabel = "DURATION", description = "how long they can be at most")
    private @Nullable String maxTtl;

    void describe(ObjectNode into) {
        if (description != null) {
            into.put("description", description);
        }
    }

    void limits(ObjectNode into) {
        if (defaultTtl != null) {
            into.put("default_lease_ttl", defaultTtl);
        }
        if (maxTtl != null) {
            into.put("max_lease_ttl", maxTtl);
        }
    }
}
