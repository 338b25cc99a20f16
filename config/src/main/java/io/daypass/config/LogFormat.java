package io.daypass.config;

/** How the log looks. */
public enum LogFormat implements Word {
    /** Lines for people. */
    TEXT,
    /** One JSON object a line. */
    JSON
}
