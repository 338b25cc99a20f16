package io.daypass.broker.plugin;

import io.daypass.plugin.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A plugin whose classes are loaded, and were found right.
 *
 * @param archive what it says of itself
 * @param engines those of its extensions that are engines, by their types
 * @param extensions all that it adds
 * @param catalog the same, for people
 * @param declared what its engines declare, by their types
 * @param jars where it is loaded, alone
 */
record LoadedPlugin(
        Archive archive,
        Map<String, Extension> engines,
        List<Extension> extensions,
        List<PluginInfo> catalog,
        Map<String, Declarations> declared,
        PinnedJars jars)
        implements AutoCloseable {
    LoadedPlugin {
        engines = Map.copyOf(engines);
        extensions = List.copyOf(extensions);
        catalog = List.copyOf(catalog);
        declared = Map.copyOf(declared);
    }

    Optional<Engine> make(String type) {
        return Optional.ofNullable(engines.get(type)).map(extension -> (Engine) extension.make());
    }

    /** The points of the SPI that it extends, but for that of engines. */
    Set<Class<?>> points() {
        return extensions.stream()
                .flatMap(extension -> extension.points().stream())
                .filter(point -> point != Engine.class)
                .collect(Collectors.toSet());
    }

    /** What it is known by: its id, and what it adds. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        names.add("Plugin-Id " + archive.id());
        catalog.forEach(each -> names.add(each.type() + " " + each.name()));
        return names;
    }

    ClassLoader loader() {
        return jars.getPluginClassLoader(archive.id());
    }

    /** Unloads it; to be called when nothing of it is open any more. */
    @Override
    public void close() {
        Path copy = jars.getPlugin(archive.id()).getPluginPath();
        jars.unloadPlugins();
        PrivateCopy.remove(copy);
    }
}
