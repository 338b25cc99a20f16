package io.daypass.broker.plugin;

import io.daypass.plugin.Engine;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.ExtensionPoint;

/** What plugins add, as mounts see it. */
public interface Engines {
    /**
     * A new engine of that type.
     *
     * @return empty if no plugin has it
     * @throws RuntimeException whatever the engine's constructor throws
     */
    Optional<Engine> make(String type);

    /** The types of engines that there are, sorted. */
    Set<String> types();

    /** One new instance of each extension at this point. */
    <E extends ExtensionPoint> List<E> extensions(Class<E> point);
}
