package io.daypass.engine.ssh.host;

import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;

/** Why a file on a host can't be edited; with the exit status by which a command there says so. */
enum Trouble {
    /** It is a link, or no plain file. */
    LINK(91, true, "authorized_keys is a link or no plain file there; name the file itself"),
    /** There is none. */
    MISSING(92, true, "there is no such authorized_keys there; make it with its owner and mode, empty"),
    /** The deadline has passed there. */
    LATE(93, false, "the host's clock is past the deadline"),
    /** It can't be locked, or was replaced while it was. */
    REPLACED(94, false, "authorized_keys is locked there, or was replaced meanwhile"),
    /** There is no {@code flock} there. */
    NO_FLOCK(95, true, "there is no flock there (util-linux)"),
    /** Whatever else. */
    FAILED(96, false, "authorized_keys can't be written there"),
    /** It is somebody else's, who could lead the login elsewhere by a link. */
    OTHERS(97, true, "authorized_keys belongs to somebody else there; log in as its owner"),
    /** The login runs none. */
    NO_COMMANDS(
            HostLogin.NO_COMMANDS,
            false,
            "this login runs no commands: one that may use SFTP alone, or has a command forced on it, can't edit the"
                    + " file by a shell; where it has SFTP, set sftp"),
    /** By SFTP alone: its home belongs to another than the file. */
    NOT_OF_HOME(
            -2,
            true,
            "authorized_keys and the directory that SFTP begins in don't belong to the same user there, so it can't be"
                    + " told whose the file is; log in as its owner, and begin in a directory of theirs (internal-sftp -d)"),
    /** By SFTP alone: nothing could be said to be on the disk. */
    NO_SYNC(-3, true, "the SFTP server there has no fsync@openssh.com"),
    /** By SFTP alone. */
    TOO_LONG(
            -4,
            true,
            "authorized_keys is longer than 4 MiB there; remove its lines of blanks when no lease lives there"),
    /** By SFTP alone. */
    DENIED(-5, true, "this login may not write authorized_keys there");

    private final int status;
    private final boolean no;
    private final String text;

    /** @param no whether it is found before the first byte is written, and will be said again */
    Trouble(int status, boolean no, String text) {
        this.status = status;
        this.no = no;
        this.text = text;
    }

    /** By what a command ended with, other than 0. */
    static Trouble of(int status) {
        for (Trouble each : values()) {
            if (each.status == status) {
                return each;
            }
        }
        return FAILED;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }

    /** What a mint throws: what was answered before the first byte was written is a "no"; the rest is unknown. */
    RuntimeException ofMint() {
        return no ? new Refused(text) : away();
    }

    /** What anything else throws: nothing of it is known to be done. */
    Unavailable away() {
        return new Unavailable(text);
    }
}
