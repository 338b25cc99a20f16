package io.daypass.broker.plugin;

import io.daypass.plugin.Engine;
import io.daypass.plugin.database.DatabaseConnector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;

/**
 * Loads an archive by itself, and unloads it again if it isn't right. What is checked, in this order: what it says of
 * itself, whether PF4J starts it, each class that it adds, and what its engines do when they are opened.
 */
final class Loader {
    private final Path folder;
    private final Rehearsal rehearsal;

    /**
     * @param folder where archives are that nobody else can write
     * @param rehearsal tries their code
     */
    Loader(Path folder, Rehearsal rehearsal) {
        this.folder = folder;
        this.rehearsal = rehearsal;
    }

    /**
     * Loads it.
     *
     * @param copy the archive, in the folder
     * @param sha256 its hash, for people
     */
    LoadedPlugin load(Path copy, String sha256) throws RefusedPluginException {
        Archive archive = Archive.read(copy);
        PinnedJars jars = new PinnedJars(folder);
        try {
            start(jars, copy, archive);
            ClassLoader loader = jars.getPluginClassLoader(archive.id());
            LoadedPlugin loaded = rehearsal.of(loader, () -> tried(archive, sha256, jars, loader));
            List<String> left = Rehearsal.threadsLeft(loader);
            if (!left.isEmpty()) {
                throw new RefusedPluginException("its engines leave threads behind when they are closed: "
                        + String.join(", ", left) + "; end them in close()");
            }
            return loaded;
        } catch (RefusedPluginException e) {
            jars.unloadPlugins();
            throw e;
        }
    }

    private static void start(PinnedJars jars, Path copy, Archive archive) throws RefusedPluginException {
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

    /** Runs code of the plugin. */
    private static LoadedPlugin tried(Archive archive, String sha256, PinnedJars jars, ClassLoader loader)
            throws RefusedPluginException {
        Map<String, Extension> engines = new TreeMap<>();
        Map<String, Declarations> declared = new TreeMap<>();
        List<Extension> extensions = new ArrayList<>();
        List<PluginInfo> catalog = new ArrayList<>();
        for (String name : archive.extensions()) {
            Extension extension = Extension.of(name, loader);
            extensions.add(extension);
            Object made = made(extension);
            for (Named each : names(made, archive)) {
                PluginInfo info = new PluginInfo(each.type(), each.name(), archive.version(), sha256);
                if (catalog.contains(info)) {
                    throw new RefusedPluginException("it has the " + each.type() + " " + each.name() + " twice");
                }
                catalog.add(info);
            }
            if (made instanceof Engine engine) {
                String type = engine.type();
                engines.put(type, extension);
                declared.put(type, Rehearsal.open(name, engine));
            }
        }
        return new LoadedPlugin(archive, engines, extensions, catalog, declared, jars);
    }

    /** What something is known by. */
    private record Named(String type, String name) {}

    private static Object made(Extension extension) throws RefusedPluginException {
        try {
            return extension.make();
        } catch (RuntimeException | LinkageError e) {
            throw new RefusedPluginException("it can't say what it is: " + Extension.told(e), e);
        }
    }

    private static List<Named> names(Object made, Archive archive) throws RefusedPluginException {
        try {
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
}
