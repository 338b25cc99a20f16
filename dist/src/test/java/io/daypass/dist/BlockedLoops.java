package io.daypass.dist;

import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Looks at the stacks of a JVM's event loops, again and again, for what must not be there: JDBC, files, locks, and
 * waiting for a future. It judges by what a stack holds, never by how long anything took.
 */
final class BlockedLoops {
    /** What the event loops' threads are called. */
    static final String LOOP = "vert.x-eventloop-thread";

    private static final int DEPTH = 128;
    private static final Pattern WAITS = Pattern.compile(
            "java\\.util\\.concurrent\\.(?:CompletableFuture|FutureTask|CountDownLatch"
                    + "|Semaphore|CyclicBarrier|ForkJoinTask)\\.(?:get|join|await|acquire|waitingGet|timedGet)"
                    + "|java\\.util\\.concurrent\\.\\w+Queue\\.(?:take|put)"
                    + "|java\\.lang\\.Object\\.wait0?|java\\.lang\\.Thread\\.(?:sleep|join)|io\\.vertx\\.core\\.Future\\.await");
    /** Taking a lock is not waiting for it: that is seen by the state of the thread, and by what is in the way. */
    private static final Pattern LOCKS =
            Pattern.compile("java\\.util\\.concurrent\\.locks\\..*\\.(?:lock|acquire\\w*|await\\w*)");

    private static final Pattern JDBC =
            Pattern.compile("(?:java\\.sql|org\\.sqlite|org\\.postgresql|com\\.zaxxer\\.hikari)\\..*");
    private static final Pattern FILE = Pattern.compile(
            "java\\.io\\.(?:File(?:In|Out)putStream|RandomAccessFile|FileDescriptor)\\..*|sun\\.nio\\.ch\\.FileChannelImpl\\..*"
                    + "|java\\.nio\\.file\\.Files\\..*|sun\\.nio\\.fs\\..*");
    /**
     * A loop that waits for something to do, is being woken, or reads and writes its own sockets: the JDK takes locks
     * of its own around these, and no code of ours runs beneath them.
     */
    private static final Pattern OWN =
            Pattern.compile("sun\\.nio\\.ch\\.(?:SelectorImpl|(?:Server)?SocketChannelImpl)\\..*");

    /** A class that is used for the first time is read from its jar, wherever that happens. */
    private static final Pattern LOADS = Pattern.compile(
            "java\\.lang\\.ClassLoader\\.loadClass|jdk\\.internal\\.loader\\..*|java\\.lang\\.invoke\\.(?:MethodHandleNatives|LambdaMetafactory|StringConcatFactory)\\..*");

    private final Map<String, String> found = new TreeMap<>();
    private int stacks;

    /** Looks once at every event loop of a JVM. */
    void look(ThreadMXBean threads) {
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds(), DEPTH)) {
            if (thread != null && thread.getThreadName().startsWith(LOOP)) {
                stacks++;
                verdict(thread).ifPresent(what -> found.putIfAbsent(what, text(thread)));
            }
        }
    }

    /** How many stacks were looked at. */
    int stacks() {
        return stacks;
    }

    /** What was found, with a stack for each. */
    Map<String, String> found() {
        return found;
    }

    private static Optional<String> verdict(ThreadInfo thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        for (StackTraceElement frame : stack) {
            String name = name(frame);
            if (LOADS.matcher(name).matches() || OWN.matcher(name).matches()) {
                return Optional.empty();
            }
        }
        if (thread.getThreadState() == Thread.State.BLOCKED) {
            return Optional.of("waits for a lock in " + (stack.length == 0 ? "?" : name(stack[0])));
        }
        for (StackTraceElement frame : stack) {
            String name = name(frame);
            boolean isLocked = thread.getThreadState() != Thread.State.RUNNABLE
                    && LOCKS.matcher(name).matches();
            if (isLocked || WAITS.matcher(name).matches()) {
                return Optional.of("waits in " + name);
            }
            if (JDBC.matcher(name).matches()) {
                return Optional.of("calls the database in " + name);
            }
            if (FILE.matcher(name).matches()) {
                return Optional.of("touches a file in " + name);
            }
        }
        return Optional.empty();
    }

    private static String name(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }

    private static String text(ThreadInfo thread) {
        StringBuilder text = new StringBuilder(thread.getThreadName() + " " + thread.getThreadState());
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("\n    at ").append(frame);
        }
        return text.toString();
    }
}
