package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.mount.MountEntry;
import java.time.Duration;

/** How a mount is shown. */
final class MountView {
    private final Duration systemDefault;
    private final Duration systemMax;

    /**
     * @param systemDefault the TTL of a mount that says nothing
     * @param systemMax the longest TTL of a mount that says nothing
     */
    MountView(Duration systemDefault, Duration systemMax) {
        this.systemDefault = systemDefault;
        this.systemMax = systemMax;
    }

    ObjectNode entry(MountEntry mount) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("accessor", mount.id());
        shown.put("uuid", mount.id());
        shown.put("type", mount.type());
        shown.put("description", mount.description());
        ObjectNode config = shown.putObject("config");
        config.put("default_lease_ttl", mount.config().defaultLeaseTtl().toSeconds());
        config.put("max_lease_ttl", mount.config().maxLeaseTtl().toSeconds());
        config.put("force_no_cache", false);
        options(shown, mount);
        shown.put("local", false);
        shown.put("seal_wrap", false);
        shown.put("external_entropy_access", false);
        shown.put("running_plugin_version", "");
        return shown;
    }

    ObjectNode tune(MountEntry mount) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("default_lease_ttl", seconds(mount.config().defaultLeaseTtl(), systemDefault));
        shown.put("max_lease_ttl", seconds(mount.config().maxLeaseTtl(), systemMax));
        shown.put("force_no_cache", false);
        shown.put("description", mount.description());
        options(shown, mount);
        return shown;
    }

    static void options(ObjectNode shown, MountEntry mount) {
        if (mount.config().options().isEmpty()) {
            shown.putNull("options");
        } else {
            ObjectNode options = shown.putObject("options");
            mount.config().options().forEach(options::put);
        }
    }

    private static long seconds(Duration own, Duration system) {
        return (own.isZero() ? system : own).toSeconds();
    }
}
