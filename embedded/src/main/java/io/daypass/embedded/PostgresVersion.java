package io.daypass.embedded;

/** The versions that can be started: the oldest and the newest that Daypass supports. */
public enum PostgresVersion {
    /** The oldest. Its binaries are in the {@code postgresql-14} classifier of this module. */
    V14(14),
    /** The newest. */
    V18(18);

    private final int major;

    PostgresVersion(int major) {
        this.major = major;
    }

    /** The major version: 14. */
    public int major() {
        return major;
    }
}
