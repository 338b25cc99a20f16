package io.daypass.plugin;

/**
 * Something that changes, and of which the broker notices that it has: a {@link Table}, the rows of a kind of {@link
 * Leases}, the list of those {@link Revoked}. What is made from it can be kept until then. The broker's own; an engine
 * only hands it on to {@link Mount#document} and {@link Mount#watched}.
 */
public interface Watchable {}
