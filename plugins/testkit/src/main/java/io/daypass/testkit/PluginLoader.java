package io.daypass.testkit;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A class loader that loads a plugin from this JVM's class path as if it were alone there: it shares the platform and the
 * SPI with the broker, and has everything else for itself, as a plugin's jar has.
 */
final class PluginLoader extends URLClassLoader {
    private static final List<String> SHARED =
            List.of("io.daypass.plugin.", "org.pf4j.", "org.slf4j.", "org.jspecify.");

    static {
        registerAsParallelCapable();
    }

    PluginLoader() {
        super(classPath(), new Shared());
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(PluginLoader::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same class, loaded anew. */
    <T> Class<? extends T> again(Class<T> point, Class<? extends T> known) {
        try {
            return loadClass(known.getName()).asSubclass(point);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(known.getName() + " is not on the class path", e);
        }
    }

    private static final class Shared extends ClassLoader {
        Shared() {
            super(getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (SHARED.stream().anyMatch(name::startsWith)) {
                return PluginLoader.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
