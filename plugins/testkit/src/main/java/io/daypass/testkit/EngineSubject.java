package io.daypass.testkit;

import io.daypass.plugin.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.ExtensionPoint;

/**
 * An engine and its target, as the {@linkplain EngineContract contract} needs to know them. Bodies are JSON; where
 * one has no {@code "}, {@code '} does for it.
 */
public abstract class EngineSubject {
    /** The class of the engine; it is made by its public constructor without arguments. */
    protected abstract Class<? extends Engine> engine();

    /** The classes of what the engine finds by {@code Mount.extensions}. */
    protected List<Class<? extends ExtensionPoint>> extensions() {
        return List.of();
    }

    /** What is written before anything is issued: bodies by their paths, in order; what needs others comes after them. */
    protected abstract Map<String, String> configuration();

    /** The path that issues, such as {@code creds/reader}. */
    protected abstract String issuePath();

    /** What is sent there, but for {@code ttl}; asked anew for each. */
    protected String body() {
        return "{}";
    }

    /** The names of what must be kept secret, in entries and in answers. */
    protected abstract Set<String> secretFields();

    /**
     * Asks the target itself, not the engine, whether a credential works. It is to be asked by another way than
     * {@link #link}.
     *
     * @param credential as it was issued, in this test
     */
    protected abstract boolean works(Credential credential) throws Exception;

    /** How many of the mount's credentials there are in the target, whole or half made; asked like {@link #works}. */
    protected int left() throws Exception {
        throw new AssertionError("a kind of lease with an effect outside leaves something there: count it in left()");
    }

    /** What the configuration has the engine reach its target by. */
    protected Link link() {
        throw new AssertionError("a kind of lease with an effect outside has a target: give the way to it as link()");
    }

    /** The path that answers what has no lease, such as {@code orphans/shop}; to be told where the engine declares {@code list}. */
    protected String orphansPath() {
        throw new AssertionError("a kind of lease that can be listed has a path for that: give it as orphansPath()");
    }

    /**
     * Makes something like a credential in the target that no broker made, by another way than {@link #link}; to be told
     * where the engine declares {@code list}.
     *
     * @return its name, as the target lists it
     */
    protected String stranger() throws Exception {
        throw new AssertionError("a target that can be listed has what is somebody else's: make it in stranger()");
    }

    /**
     * How long the engine's libraries may live on after it was closed, with its classes: some keep a thread for a while.
     */
    protected Duration lingering() {
        return Duration.ofSeconds(3);
    }

    /**
     * Asks the target itself whether what is due to entries has come to its end there, whatever was broken off before: it
     * has what the entry says. To be told where the engine declares {@code whenDue} and that has an effect outside.
     */
    protected boolean isSettled() throws Exception {
        return true;
    }

    /**
     * Handles of leases that have ended, as earlier versions of the engine stored them; by the kind of lease. To be kept
     * for as long as such leases may live.
     */
    protected Map<String, List<String>> earlierHandles() {
        return Map.of();
    }
}
