package io.daypass.broker.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;

/**
 * A class that a plugin adds, made by its constructor.
 *
 * @param constructor public, without arguments
 * @param points of the SPI that it extends
 */
record Extension(Constructor<?> constructor, Set<Class<?>> points) {
    private static final String SPI = "io.daypass.plugin";

    /** Loads a class and makes one instance, to see whether that works. */
    static Extension of(String name, ClassLoader loader) throws RefusedPluginException {
        Class<?> type = load(name, loader);
        Set<Class<?>> points = new LinkedHashSet<>();
        collect(type, points);
        if (points.isEmpty()) {
            throw new RefusedPluginException(
                    name + " extends nothing that Daypass knows (an Engine, a DatabaseConnector)");
        }
        if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
            throw new RefusedPluginException(name + " must be public, and no abstract class");
        }
        Extension extension = new Extension(constructor(type), points);
        try {
            extension.make();
        } catch (RuntimeException | LinkageError e) {
            throw new RefusedPluginException("the constructor of " + name + " throws " + told(e), e);
        }
        return extension;
    }

    private static Class<?> load(String name, ClassLoader loader) throws RefusedPluginException {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new RefusedPluginException("its index names " + name + ", which isn't in it", e);
        } catch (LinkageError e) {
            throw new RefusedPluginException(name + " can't be loaded: " + told(e), e);
        }
    }

    private static Constructor<?> constructor(Class<?> type) throws RefusedPluginException {
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new RefusedPluginException(type.getName() + " has no public constructor without arguments", e);
        }
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> points) {
        if (type == null) {
            return;
        }
        boolean point =
                type.isInterface() && ExtensionPoint.class.isAssignableFrom(type) && type != ExtensionPoint.class;
        if (point && (type.getPackageName() + ".").startsWith(SPI + ".")) {
            points.add(type);
        }
        collect(type.getSuperclass(), points);
        for (Class<?> each : type.getInterfaces()) {
            collect(each, points);
        }
    }

    static String told(Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        String message = cause.getMessage();
        return cause.getClass().getSimpleName()
                + (message == null ? "" : " (" + message.lines().findFirst().orElse("") + ")");
    }

    /**
     * Makes an instance, with the plugin's class loader as the thread's own.
     *
     * @throws IllegalStateException if the constructor throws, with what it threw as cause
     */
    Object make() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(constructor.getDeclaringClass().getClassLoader());
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a constructor threw", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an instance can't be made", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
