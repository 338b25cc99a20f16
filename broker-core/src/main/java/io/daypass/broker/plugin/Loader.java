package io.daypass.broker.plugin;

import io.daypass.config.PluginPin;
import io.daypass.plugin.Engine;
import io.daypass.plugin.database.DatabaseConnector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads archives, each on its own: one that isn't right is unloaded and named with one line, and the others go on. What is
 * checked, in this order: who may write it, its hash, what it says of itself, whether PF4J starts it, and each class that
 * it adds.
 */
final class Loader {
    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

    private final PrivateCopy copies;
    private final PinnedJars jars;
    private final List<Loaded> loaded = new ArrayList<>();
    private final List<RefusedPlugin> refused = new ArrayList<>();
    private final Set<Named> known = new HashSet<>();

    Loader(PrivateCopy copies, PinnedJars jars) {
        this.copies = copies;
        this.jars = jars;
    }

    /**
     * A plugin that was loaded.
     *
     * @param extensions what it adds
     * @param catalog the same, for people
     */
    record Loaded(List<Extension> extensions, List<PluginInfo> catalog) {}

    /** What something is known by. */
    private record Named(String type, String name) {}

    List<Loaded> loaded() {
        return loaded;
    }

    List<RefusedPlugin> refused() {
        return refused;
    }

    void load(List<PluginPin> pins) {
        for (int i = 0; i < pins.size(); i++) {
            PluginPin pin = pins.get(i);
            try {
                loaded.add(load(pin, i));
            } catch (RefusedPluginException e) {
                String why = String.valueOf(e.getMessage());
                refused.add(new RefusedPlugin(String.valueOf(pin.file().getFileName()), why));
                LOG.atError()
                        .addKeyValue("file", pin.file())
                        .addKeyValue("why", why)
                        .log("a plugin is refused");
            }
        }
    }

    private Loaded load(PluginPin pin, int number) throws RefusedPluginException {
        Path copy = copies.of(pin.file(), pin.sha256(), number);
        Archive archive = Archive.read(copy);
        checkRequired(archive);
        if (jars.getPlugin(archive.id()) != null) {
            throw new RefusedPluginException("another plugin has the Plugin-Id " + archive.id() + " already");
        }
        try {
            start(copy, archive);
            List<Extension> extensions = extensions(archive);
            Loaded plugin = new Loaded(extensions, catalog(extensions, archive, pin.sha256()));
            LOG.atInfo()
                    .addKeyValue("plugin", archive.id())
                    .addKeyValue("version", archive.version())
                    .log("a plugin is loaded");
            return plugin;
        } catch (RefusedPluginException e) {
            unload(archive.id());
            throw e;
        }
    }

    private void checkRequired(Archive archive) throws RefusedPluginException {
        String requires = archive.requires();
        boolean met;
        try {
            met = requires.isEmpty() || jars.getVersionManager().checkVersionConstraint(PinnedJars.SPI, requires);
        } catch (RuntimeException e) {
            throw new RefusedPluginException("its Plugin-Requires can't be read: " + requires, e);
        }
        if (!met) {
            throw new RefusedPluginException("it requires the SPI " + requires + ", this is " + PinnedJars.SPI);
        }
    }

    private void start(Path copy, Archive archive) throws RefusedPluginException {
        try {
            jars.loadPlugin(copy);
            PluginState state = jars.startPlugin(archive.id());
            if (state != PluginState.STARTED) {
                Throwable failure = jars.getPlugin(archive.id()).getFailedException();
                throw new RefusedPluginException(
                        "it does not start but is " + state + (failure == null ? "" : ": " + Extension.told(failure)));
            }
        } catch (PluginRuntimeException | LinkageError e) {
            throw new RefusedPluginException("it can't be started: " + e.getMessage(), e);
        }
    }

    private List<Extension> extensions(Archive archive) throws RefusedPluginException {
        ClassLoader loader = jars.getPluginClassLoader(archive.id());
        List<Extension> extensions = new ArrayList<>();
        for (String name : archive.extensions()) {
            extensions.add(Extension.of(name, loader));
        }
        return extensions;
    }

    private List<PluginInfo> catalog(List<Extension> extensions, Archive archive, String sha256)
            throws RefusedPluginException {
        List<PluginInfo> catalog = new ArrayList<>();
        Set<Named> fresh = new HashSet<>();
        for (Extension extension : extensions) {
            for (Named each : names(extension, archive)) {
                if (known.contains(each) || !fresh.add(each)) {
                    throw new RefusedPluginException("the " + each.type() + " " + each.name() + " is there already");
                }
                catalog.add(new PluginInfo(each.type(), each.name(), archive.version(), sha256));
            }
        }
        known.addAll(fresh);
        return catalog;
    }

    private static List<Named> names(Extension extension, Archive archive) throws RefusedPluginException {
        try {
            Object made = extension.make();
            if (made instanceof Engine engine) {
                return List.of(new Named("secret", checked(engine.type())));
            }
            if (made instanceof DatabaseConnector connector) {
                return connector.names().stream()
                        .map(name -> new Named("database", name))
                        .toList();
            }
            return List.of(new Named("extension", archive.id()));
        } catch (RuntimeException | LinkageError e) {
            throw new RefusedPluginException("it can't say what it is: " + Extension.told(e), e);
        }
    }

    private static String checked(String type) throws RefusedPluginException {
        if (!type.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new RefusedPluginException("an engine's type is lower-case letters, digits and dashes");
        }
        return type;
    }

    private void unload(String id) {
        if (jars.getPlugin(id) != null) {
            jars.unloadPlugin(id);
        }
    }
}
