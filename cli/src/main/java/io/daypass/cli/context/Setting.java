package io.daypass.cli.context;

/**
 * A value and who chose it.
 *
 * @param value the value
 * @param origin such as {@code --address}, {@code DAYPASS_ADDR}, {@code context dev}
 * @param <T> what sort of value it is
 */
public record Setting<T>(T value, String origin) {}
