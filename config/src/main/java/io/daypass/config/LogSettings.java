package io.daypass.config;

/**
 * The broker's own log.
 *
 * @param level what is logged
 * @param format how
 */
public record LogSettings(
        @Key(value = "The least important that is logged.", otherwise = "info")
        LogLevel level,

        @Key(value = "`text` for people, `json` for machines: one object a line.", otherwise = "text")
        LogFormat format) {}
