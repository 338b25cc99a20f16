package io.daypass.broker.api;

/** What is to be done with a path. POST and PUT are {@link #WRITE}; the verb LIST and {@code ?list=true} are {@link #LIST}. */
public enum Verb {
    /** GET, and HEAD where a GET has no effect. */
    READ,
    /** LIST. */
    LIST,
    /** POST or PUT. */
    WRITE,
    /** PATCH, as a JSON merge patch (RFC 7396). */
    PATCH,
    /** DELETE. */
    DELETE
}
