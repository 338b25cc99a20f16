package io.daypass.broker.plugin;

import io.daypass.plugin.Engine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A plugin that is loaded and not in use yet, and what it takes the place of. */
public final class NewVersion implements AutoCloseable {
    private final LoadedPlugin plugin;
    private final List<LoadedPlugin> before;
    private final Runnable take;
    private boolean taken;

    NewVersion(LoadedPlugin plugin, List<LoadedPlugin> before, Runnable take) {
        this.plugin = plugin;
        this.before = before;
        this.take = take;
    }

    /** Its {@code Plugin-Id}. */
    public String id() {
        return plugin.archive().id();
    }

    /** What it adds, by type and name. */
    public List<String> adds() {
        return plugin.catalog().stream()
                .map(each -> each.type() + " " + each.name())
                .toList();
    }

    /** Whether it takes the place of nothing. */
    public boolean isFirst() {
        return before.isEmpty();
    }

    /** The types of engines that it has, or that were there before: mounts of these are concerned. */
    public Set<String> concerned() {
        Set<String> types = new TreeSet<>(plugin.engines().keySet());
        before.forEach(each -> types.addAll(each.engines().keySet()));
        return types;
    }

    /** The points of the SPI at which it adds something, or something was added before. */
    public Set<Class<?>> points() {
        Set<Class<?>> points = new HashSet<>(plugin.points());
        before.forEach(each -> points.addAll(each.points()));
        return points;
    }

    /**
     * A new engine of that type, of this version.
     *
     * @return empty if it has none
     */
    public Optional<Engine> make(String type) {
        return plugin.make(type);
    }

    /** From now on it is what plugins answer. */
    public void take() {
        take.run();
        taken = true;
    }

    /**
     * The names of threads that are left of what it took the place of; to be asked when nothing of that is open any more.
     */
    public List<String> threadsLeft() {
        return before.stream()
                .flatMap(each -> Rehearsal.threadsLeft(each.loader()).stream())
                .toList();
    }

    /** Unloads what is not in use: what it took the place of, or itself if it was not taken. */
    @Override
    public void close() {
        if (taken) {
            before.forEach(LoadedPlugin::close);
        } else {
            plugin.close();
        }
    }
}
