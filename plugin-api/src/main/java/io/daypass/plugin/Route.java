package io.daypass.plugin;

/** A path that was declared. */
public interface Route {
    /** Lets anybody use it, without a token. */
    Route open();
}
