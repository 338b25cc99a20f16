package io.daypass.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that the configuration says. {@link ConfigReader} reads it from a file.
 *
 * @param listen where requests come in
 * @param storage where what lasts is kept
 * @param seal what protects the root key
 * @param audit where requests are written down
 * @param plugins which archives to load
 * @param limits what a mount gets
 * @param metrics where they can be fetched
 * @param log the broker's own
 * @param clusterName what the broker is called
 * @param shutdownGrace how long the end may take
 */
public record ServerConfig(
        @Key("Where requests come in.") Listen listen,

        @Key("Where leases, and everything else that lasts, are kept.")
        Storage storage,

        @Key("What protects the key that everything at rest is sealed under.")
        SealSettings seal,

        @Key("Where requests and their answers are written down.")
        AuditSettings audit,

        @Key("The plugin archives to load besides those that come with Daypass. One whose bytes differ from its pin is"
                + " not loaded; the others are.")
        List<PluginPin> plugins,

        @Key("What a mount gets unless it is tuned, and how late things may be.")
        Limits limits,

        @Key("Where metrics can be fetched.") MetricsSettings metrics,
        @Key("The broker's own log, on standard output.") LogSettings log,

        @Key(value = "The name that `sys/health` shows.", otherwise = "daypass")
        String clusterName,

        @Key(
                value = "How long requests under way may take to end once the broker was told to stop.",
                otherwise = "10s",
                min = "0s",
                max = "10m")
        Duration shutdownGrace) {
    public ServerConfig {
        plugins = List.copyOf(plugins);
    }

    /**
     * What a development server runs with: plain HTTP, a key in memory, no audit log.
     *
     * @param address to listen on
     * @param data a folder that goes when the server stops
     */
    public static ServerConfig dev(HostPort address, Path data) {
        Listen usual = RecordBinder.defaults(Listen.class, "address", address.toString());
        return new ServerConfig(
                usual,
                RecordBinder.defaults(Storage.class, "path", data.toString()),
                new SealSettings(SealType.MEMORY, Optional.empty()),
                new AuditSettings(AuditSettings.NONE),
                List.of(),
                RecordBinder.defaults(Limits.class),
                RecordBinder.defaults(MetricsSettings.class),
                RecordBinder.defaults(LogSettings.class),
                "daypass-dev",
                Duration.ofSeconds(1));
    }
}
