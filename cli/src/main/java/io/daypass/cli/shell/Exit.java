package io.daypass.cli.shell;

/** What the process ends with. Scripts rely on these numbers. */
public enum Exit {
    /** All went well. */
    OK(0),
    /** Something on this machine: a file, a program that isn't there, a certificate that isn't trusted. */
    LOCAL(1),
    /** The broker, or a target behind it, said no. */
    REMOTE(2),
    /** Permission denied. */
    DENIED(3),
    /** Nothing there. */
    NOT_FOUND(4),
    /** Busy, sealed or unreachable: the same command may succeed later. */
    BUSY(5),
    /** The command was used wrongly. */
    USAGE(64);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** The number. */
    public int code() {
        return code;
    }
}
