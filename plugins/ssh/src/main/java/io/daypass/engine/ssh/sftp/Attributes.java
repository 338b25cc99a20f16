package io.daypass.engine.ssh.sftp;

/**
 * What a server says of a file.
 *
 * @param size in bytes
 * @param owner the number of its user
 * @param mode its sort and its permissions, as in stat(2)
 */
public record Attributes(long size, long owner, long mode) {
    private static final long SORT = 0170000;
    private static final long PLAIN = 0100000;

    /** Whether it is a plain file: no link, directory, pipe or device. */
    public boolean isPlain() {
        return (mode & SORT) == PLAIN;
    }
}
