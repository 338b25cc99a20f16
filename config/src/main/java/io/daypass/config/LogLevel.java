package io.daypass.config;

/** How important something is. */
public enum LogLevel implements Word {
    /** Somebody must act. */
    ERROR,
    /** Somebody should look. */
    WARN,
    /** What happens. */
    INFO,
    /** Why it happens. */
    DEBUG
}
