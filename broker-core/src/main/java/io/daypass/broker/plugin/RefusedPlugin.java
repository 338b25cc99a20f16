package io.daypass.broker.plugin;

/**
 * An archive that was not loaded.
 *
 * @param file its name
 * @param why in one line
 */
public record RefusedPlugin(String file, String why) {}
