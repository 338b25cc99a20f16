package io.daypass.testkit;

import io.daypass.broker.plugin.Engines;
import io.daypass.plugin.Engine;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.pf4j.ExtensionPoint;

/**
 * One engine and the extensions that it works with, made as the broker makes them: by their constructors.
 *
 * @param engine its class
 * @param extensions their classes
 * @param around what stands around each engine that is made
 */
record Catalog(
        Class<? extends Engine> engine,
        List<? extends Class<? extends ExtensionPoint>> extensions,
        UnaryOperator<Engine> around)
        implements Engines {
    /** The same, loaded anew and sharing nothing with what was loaded before but the SPI. */
    Catalog again() {
        PluginLoader loader = new PluginLoader();
        return new Catalog(
                loader.again(Engine.class, engine),
                extensions.stream()
                        .map(each -> loader.again(ExtensionPoint.class, each))
                        .toList(),
                around);
    }

    Catalog unwatched() {
        return new Catalog(engine, extensions, UnaryOperator.identity());
    }

    String type() {
        return make(engine).type();
    }

    @Override
    public Optional<Engine> make(String type) {
        Engine made = make(engine);
        return made.type().equals(type) ? Optional.of(around.apply(made)) : Optional.empty();
    }

    @Override
    public Set<String> types() {
        return Set.of(type());
    }

    @Override
    public <E extends ExtensionPoint> List<E> extensions(Class<E> point) {
        return extensions.stream()
                .filter(point::isAssignableFrom)
                .map(each -> point.cast(make(each)))
                .toList();
    }

    private static <T> T make(Class<T> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(
                    type.getName() + " is made by its public constructor without arguments, which failed", e);
        }
    }
}
