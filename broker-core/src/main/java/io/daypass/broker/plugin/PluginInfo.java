package io.daypass.broker.plugin;

/**
 * Something that a plugin adds, as the catalog shows it.
 *
 * @param type {@code secret} for an engine; else what it is added to, such as {@code database}
 * @param name what it is known by: an engine's type, a connector's name
 * @param version of the plugin; empty for what is built in
 * @param sha256 of the plugin's archive; empty for what is built in
 */
public record PluginInfo(String type, String name, String version, String sha256) {
    /** Whether it comes from no archive. */
    public boolean builtin() {
        return sha256.isEmpty();
    }
}
