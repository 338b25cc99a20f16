package io.daypass.broker.plugin;

import io.daypass.config.PluginPin;
import io.daypass.plugin.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pf4j.ExtensionPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that were found right. Those that were pinned are loaded at the start; what a build makes may take their
 * place, and that of its own earlier versions, at any time.
 */
public final class Plugins implements Engines, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final Map<String, Supplier<Engine>> builtIn;
    private final PrivateCopy copies;
    private final Loader loader;
    private final Map<String, RefusedPlugin> refused = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile List<LoadedPlugin> loaded = List.of();

    private Plugins(Map<String, Supplier<Engine>> builtIn, Rehearsal rehearsal) {
        this.builtIn = new TreeMap<>(builtIn);
        this.copies = PrivateCopy.make();
        this.loader = new Loader(copies.folder(), rehearsal);
    }

    /**
     * Loads archives. Blocks. Never fails because of one of them: those that aren't right are {@link #refused}.
     *
     * @param pins the archives, each with its hash
     */
    public static Plugins load(List<PluginPin> pins) {
        return load(pins, Rehearsal.DEFAULT);
    }

    static Plugins load(List<PluginPin> pins, Rehearsal rehearsal) {
        Plugins plugins = new Plugins(Map.of(), rehearsal);
        pins.forEach(plugins::load);
        return plugins;
    }

    /** Engines of the broker's own class path, by their types: for tests and benchmarks. */
    public static Plugins of(Map<String, Supplier<Engine>> engines) {
        return new Plugins(engines, Rehearsal.DEFAULT);
    }

    private void load(PluginPin pin) {
        try {
            LoadedPlugin plugin = load(copies.of(pin.file(), pin.sha256()), pin.sha256());
            Optional<String> clash = clash(plugin);
            if (clash.isPresent()) {
                plugin.close();
                throw new RefusedPluginException("the " + clash.get() + " is there already");
            }
            add(plugin, List.of());
            LOG.atInfo()
                    .addKeyValue("plugin", plugin.archive().id())
                    .addKeyValue("version", plugin.archive().version())
                    .log("a plugin is loaded");
        } catch (RefusedPluginException e) {
            refuse(pin.file(), e);
            LOG.atError()
                    .addKeyValue("file", pin.file())
                    .addKeyValue("why", e.getMessage())
                    .log("a plugin is refused");
        }
    }

    private LoadedPlugin load(Path copy, String sha256) throws RefusedPluginException {
        try {
            return loader.load(copy, sha256);
        } catch (RefusedPluginException e) {
            PrivateCopy.remove(copy);
            throw e;
        }
    }

    private Optional<String> clash(LoadedPlugin plugin) {
        return loaded.stream()
                .flatMap(other -> other.names().stream())
                .filter(plugin.names()::contains)
                .findFirst();
    }

    /**
     * Loads what a build has made, and doesn't use it yet. Blocks.
     *
     * @param build the folder, which holds classes or one jar
     * @throws RefusedPluginException if it isn't right; then nothing has changed
     */
    public NewVersion build(Path build) throws RefusedPluginException {
        PrivateCopy.Copied copied = copies.ofBuild(build);
        LoadedPlugin plugin = load(copied.file(), copied.sha256());
        List<LoadedPlugin> before = loaded.stream()
                .filter(other -> !Collections.disjoint(other.names(), plugin.names()))
                .toList();
        return new NewVersion(plugin, before, () -> {
            add(plugin, before);
            refused.remove(build.toString());
        });
    }

    private synchronized void add(LoadedPlugin plugin, List<LoadedPlugin> insteadOf) {
        List<LoadedPlugin> changed = new ArrayList<>(loaded);
        changed.removeAll(insteadOf);
        changed.add(plugin);
        loaded = List.copyOf(changed);
    }

    void refuse(Path file, Throwable e) {
        Path name = file.getFileName();
        refused.put(file.toString(), new RefusedPlugin(String.valueOf(name), String.valueOf(e.getMessage())));
    }

    /** What they add. */
    public List<PluginInfo> catalog() {
        Stream<PluginInfo> own = builtIn.keySet().stream().map(type -> new PluginInfo("secret", type, "", ""));
        return Stream.concat(own, loaded.stream().flatMap(plugin -> plugin.catalog().stream()))
                .toList();
    }

    /** What was not loaded, and why. */
    public List<RefusedPlugin> refused() {
        synchronized (refused) {
            return List.copyOf(refused.values());
        }
    }

    @Override
    public Optional<Engine> make(String type) {
        Supplier<Engine> own = builtIn.get(type);
        return own != null
                ? Optional.of(own.get())
                : loaded.stream().flatMap(plugin -> plugin.make(type).stream()).findFirst();
    }

    @Override
    public Set<String> types() {
        Set<String> types = new TreeSet<>(builtIn.keySet());
        loaded.forEach(plugin -> types.addAll(plugin.engines().keySet()));
        return types;
    }

    @Override
    public <E extends ExtensionPoint> List<E> extensions(Class<E> point) {
        return loaded.stream()
                .flatMap(plugin -> plugin.extensions().stream())
                .filter(extension -> extension.points().contains(point))
                .map(extension -> point.cast(extension.make()))
                .toList();
    }

    /** Unloads them; to be called when no engine is open any more. */
    @Override
    public void close() {
        List<LoadedPlugin> last = loaded;
        loaded = List.of();
        last.forEach(LoadedPlugin::close);
        copies.close();
    }
}
