package io.daypass.broker.plugin;

import io.daypass.plugin.Engine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The first steps of a plugin's classes (they are loaded, made, opened and closed), on a thread of their own, which is
 * waited for no longer than a right one needs.
 *
 * @param patience how long
 */
record Rehearsal(Duration patience) {
    /** What a right one needs is milliseconds; a machine that is busy may make seconds of it. */
    static final Rehearsal DEFAULT = new Rehearsal(Duration.ofSeconds(10));

    /** How long a thread may take to end after its engine was closed. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(1);

    /**
     * Does something with code of the plugin.
     *
     * @param loader of the plugin
     * @throws RefusedPluginException what the code was refused for, or that it does not return and where it is
     */
    <T> T of(ClassLoader loader, Callable<T> code) throws RefusedPluginException {
        FutureTask<T> task = new FutureTask<>(code);
        Thread thread = new Thread(task, "daypass-rehearsal");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String where = whereabouts(thread);
            thread.interrupt();
            throw new RefusedPluginException(
                    "its code does not return within " + patience.toSeconds() + " s" + where
                            + ": constructors, type() and open() declare, and reach nothing",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedPluginException("the broker is being stopped", e);
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        }
    }

    private static RefusedPluginException refused(Throwable cause) {
        return cause instanceof RefusedPluginException already
                ? already
                : new RefusedPluginException("it can't be tried: " + Extension.told(cause), cause);
    }

    /** The plugin's own line that a thread is at. */
    private static String whereabouts(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.")) {
                return " but is at " + frame;
            }
        }
        return "";
    }

    /** Opens a new engine and closes it; it declares, and leaves no thread. */
    static Declarations open(String name, Engine engine) throws RefusedPluginException {
        try {
            Declarations declared = Declarations.of(engine);
            engine.close();
            return declared;
        } catch (LinkageError e) {
            throw new RefusedPluginException(
                    name + " needs what this broker's SPI (" + PinnedJars.SPI + ") does not have: " + e.getMessage()
                            + "; its Plugin-Requires says otherwise",
                    e);
        } catch (RuntimeException e) {
            throw new RefusedPluginException("the open of " + name + " throws " + Extension.told(e), e);
        }
    }

    /** Threads of a plugin that go on though nothing of it is open. */
    static List<String> threadsLeft(ClassLoader loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> belongsTo(thread, loader) && !hasEnded(thread))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    private static boolean belongsTo(Thread thread, ClassLoader loader) {
        return thread != Thread.currentThread()
                && (thread.getContextClassLoader() == loader
                        || thread.getClass().getClassLoader() == loader);
    }

    private static boolean hasEnded(Thread thread) {
        try {
            thread.join(LAST_STEPS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
