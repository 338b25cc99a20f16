package io.daypass.config;

/**
 * One thing that is wrong with a file.
 *
 * @param line counted from 1
 * @param key the whole key, such as {@code listen.tls.key}; empty for the file itself
 * @param text what is wrong, and what to do; never the value
 */
public record Problem(int line, String key, String text) {}
