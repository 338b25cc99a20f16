package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mounts as they are kept: sealed, by their paths. */
final class MountRecords {
    private static final Logger LOG = LoggerFactory.getLogger(MountRecords.class);
    private static final String PREFIX = "mount/";

    private final SealedTrees trees;

    MountRecords(SealedTrees trees) {
        this.trees = trees;
    }

    /** All that can be read; the others are named in the log. */
    Future<List<MountEntry>> all() {
        return Stages.here(trees.all(PREFIX)).map(all -> {
            List<MountEntry> mounts = new ArrayList<>();
            for (SealedTrees.Opened opened : all) {
                if (opened.problem().isEmpty()) {
                    mounts.add(read(opened.path().substring(PREFIX.length()), opened.tree()));
                } else {
                    LOG.atError()
                            .addKeyValue("mount", opened.path().substring(PREFIX.length()))
                            .addKeyValue("problem", opened.problem())
                            .log("a mount can't be read; its leases stay due until it can");
                }
            }
            return mounts;
        });
    }

    /** Writes a mount that must not be there yet. False: it is. */
    Future<Boolean> add(MountEntry mount) {
        return Stages.here(trees.put(PREFIX + mount.path(), 0, write(mount)));
    }

    /** Writes a mount anew. */
    Future<Void> replace(MountEntry mount) {
        return Stages.here(trees.find(PREFIX + mount.path()))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(false)
                        : Stages.here(
                                trees.put(PREFIX + mount.path(), found.get().version(), write(mount))))
                .compose(done -> done
                        ? Future.succeededFuture()
                        : Future.failedFuture(ApiException.badRequest(
                                mount.path() + " was changed by somebody else at the same time; look, and try again")));
    }

    /** Removes a mount, and before that every entry of its tables. Can be done again. */
    Future<Void> remove(MountEntry mount) {
        return removeAll("table/" + mount.id() + "/").compose(done -> removeAll(PREFIX + mount.path()));
    }

    private Future<Void> removeAll(String prefix) {
        return Stages.here(trees.all(prefix)).compose(all -> {
            Future<Void> removed = Future.succeededFuture();
            for (SealedTrees.Opened each : all) {
                removed = removed.compose(done ->
                        Stages.here(trees.remove(each.path(), each.version())).mapEmpty());
            }
            return removed;
        });
    }

    private static ObjectNode write(MountEntry mount) {
        MountConfig config = mount.config();
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("id", mount.id());
        tree.put("type", mount.type());
        tree.put("description", mount.description());
        tree.put("default_lease_ttl", config.defaultLeaseTtl().toSeconds());
        tree.put("max_lease_ttl", config.maxLeaseTtl().toSeconds());
        ObjectNode options = tree.putObject("options");
        config.options().forEach(options::put);
        return tree;
    }

    private static MountEntry read(String path, JsonNode tree) {
        Map<String, String> options = new HashMap<>();
        tree.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        MountConfig config = new MountConfig(
                Duration.ofSeconds(tree.path("default_lease_ttl").asLong()),
                Duration.ofSeconds(tree.path("max_lease_ttl").asLong()),
                options);
        return new MountEntry(
                path,
                tree.path("id").asText(),
                tree.path("type").asText(),
                tree.path("description").asText(),
                config);
    }
}
