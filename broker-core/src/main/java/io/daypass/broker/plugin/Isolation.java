package io.daypass.broker.plugin;

import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.JarPluginLoader;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * Gives each plugin a class loader that sees the platform, the SPI and what the SPI is written with, and nothing else of
 * the broker: neither its Jackson nor its resources. That keeps libraries apart; it is no fence against hostile code.
 */
final class Isolation extends JarPluginLoader {
    private static final List<String> SHARED =
            List.of("io.daypass.plugin.", "org.pf4j.", "org.slf4j.", "org.jspecify.");

    Isolation(PluginManager manager) {
        super(manager);
    }

    private static boolean isShared(String name) {
        return SHARED.stream().anyMatch(name::startsWith);
    }

    @Override
    public ClassLoader loadPlugin(Path file, PluginDescriptor descriptor) {
        PluginClassLoader loader = new Loader(pluginManager, descriptor);
        loader.addFile(file.toFile());
        return loader;
    }

    private static final class Loader extends PluginClassLoader {
        Loader(PluginManager manager, PluginDescriptor descriptor) {
            super(manager, descriptor, new Shared());
        }

        @Override
        protected boolean shouldDelegateToParent(String name) {
            return isShared(name);
        }
    }

    /** The platform, and of the broker what is shared. */
    private static final class Shared extends ClassLoader {
        Shared() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (isShared(name)) {
                return Isolation.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        public @Nullable URL getResource(String name) {
            return null;
        }

        @Override
        public Enumeration<URL> getResources(String name) {
            return Collections.emptyEnumeration();
        }
    }
}
