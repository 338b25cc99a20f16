package io.daypass.config;

/** From where a broker may be initialised. */
public enum InitFrom implements Word {
    /** From this machine. */
    LOOPBACK,
    /** From anywhere. */
    ANY
}
