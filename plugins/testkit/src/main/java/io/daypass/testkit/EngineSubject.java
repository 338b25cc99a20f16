package io.daypass.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.plugin.Engine;
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

    /** What is sent there, but for {@code ttl}. */
    protected String body() {
        return "{}";
    }

    /** The names of what must be kept secret, in entries and in answers. */
    protected abstract Set<String> secretFields();

    /**
     * Asks the target itself, not the engine, whether a credential works. It is to be asked by another way than
     * {@link #link}.
     *
     * @param data the answer that the credential came in
     */
    protected abstract boolean works(JsonNode data) throws Exception;

    /** How many of the mount's credentials there are in the target, whole or half made; asked like {@link #works}. */
    protected int left() throws Exception {
        throw new AssertionError("a kind of lease with an effect outside leaves something there: count it in left()");
    }

    /** What the configuration has the engine reach its target by. */
    protected Link link() {
        throw new AssertionError("a kind of lease with an effect outside has a target: give the way to it as link()");
    }

    /**
     * Handles of leases that have ended, as earlier versions of the engine stored them; by the kind of lease. To be kept
     * for as long as such leases may live.
     */
    protected Map<String, List<String>> earlierHandles() {
        return Map.of();
    }
}
