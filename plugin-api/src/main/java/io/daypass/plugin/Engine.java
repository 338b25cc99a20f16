package io.daypass.plugin;

import org.pf4j.ExtensionPoint;

/**
 * What mints one sort of credential. The broker makes one instance a mount, through the public constructor without
 * arguments of a class that bears {@code @Extension}.
 *
 * <p>An engine decides what it will create before it creates it: a <em>draft</em> names the credential (its handle) and
 * fixes its lifetime, the broker writes that down, and only then runs the mint step that the draft returned. Everything
 * but a draft may block; it runs on the mount's lane, with a {@link Deadline}.
 */
public interface Engine extends ExtensionPoint, AutoCloseable {
    /**
     * The name it is mounted by, such as {@code database}.
     *
     * @return lower-case letters, digits and dashes, the same at every call
     */
    String type();

    /**
     * Declares paths, tables and kinds of lease. Does no I/O: it is also called to print the manual.
     *
     * @param mount where to declare; keep it to draw passwords, random bytes and the time from later
     */
    void open(Mount mount);

    /** Closes pools, threads and drivers. Called once, after the last call into this engine has returned. */
    @Override
    default void close() {}
}
