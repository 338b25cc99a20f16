package io.daypass.broker.plugin;

import io.daypass.config.PluginPin;
import io.daypass.plugin.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.pf4j.ExtensionPoint;

/** The plugins that were found right at the start. Doesn't change after that. */
public final class Plugins implements Engines, AutoCloseable {
    private final Map<String, Supplier<Engine>> engines;
    private final List<Extension> extensions;
    private final List<PluginInfo> catalog;
    private final List<RefusedPlugin> refused;
    private final Runnable closing;

    private Plugins(
            Map<String, Supplier<Engine>> engines,
            List<Extension> extensions,
            List<PluginInfo> catalog,
            List<RefusedPlugin> refused,
            Runnable closing) {
        this.engines = engines;
        this.extensions = List.copyOf(extensions);
        this.catalog = List.copyOf(catalog);
        this.refused = List.copyOf(refused);
        this.closing = closing;
    }

    /**
     * Loads archives. Blocks. Never fails because of one of them: those that aren't right are {@link #refused}.
     *
     * @param pins the archives, each with its hash
     */
    public static Plugins load(List<PluginPin> pins) {
        PrivateCopy copies = PrivateCopy.make();
        PinnedJars jars = new PinnedJars(copies.folder());
        Loader loader = new Loader(copies, jars);
        loader.load(pins);
        List<Extension> extensions = loader.loaded().stream()
                .flatMap(plugin -> plugin.extensions().stream())
                .toList();
        Map<String, Supplier<Engine>> engines = new TreeMap<>();
        for (Extension extension : extensions) {
            if (extension.points().contains(Engine.class)) {
                Engine first = (Engine) extension.make();
                engines.put(first.type(), () -> (Engine) extension.make());
            }
        }
        List<PluginInfo> catalog = loader.loaded().stream()
                .flatMap(plugin -> plugin.catalog().stream())
                .toList();
        return new Plugins(engines, extensions, catalog, loader.refused(), () -> {
            jars.unloadPlugins();
            copies.close();
        });
    }

    /** Engines of the broker's own class path, by their types: for tests and benchmarks. */
    public static Plugins of(Map<String, Supplier<Engine>> engines) {
        List<PluginInfo> catalog = engines.keySet().stream()
                .sorted()
                .map(type -> new PluginInfo("secret", type, "", ""))
                .toList();
        return new Plugins(new TreeMap<>(engines), List.of(), catalog, List.of(), () -> {});
    }

    /** What they add. */
    public List<PluginInfo> catalog() {
        return catalog;
    }

    /** What was not loaded, and why. */
    public List<RefusedPlugin> refused() {
        return refused;
    }

    @Override
    public Optional<Engine> make(String type) {
        return Optional.ofNullable(engines.get(type)).map(Supplier::get);
    }

    @Override
    public Set<String> types() {
        return new TreeSet<>(engines.keySet());
    }

    @Override
    public <E extends ExtensionPoint> List<E> extensions(Class<E> point) {
        return extensions.stream()
                .filter(extension -> extension.points().contains(point))
                .map(extension -> point.cast(extension.make()))
                .toList();
    }

    /** Unloads them; to be called when no engine is open any more. */
    @Override
    public void close() {
        closing.run();
    }
}
