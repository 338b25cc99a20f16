package io.daypass.engine.ssh.sftp;

import java.io.IOException;

/** A server's "no", by its number; the text that comes with it is the host's own and goes nowhere. */
public final class SftpStatus extends IOException {
    private static final long serialVersionUID = 1;
    private static final long END_OF_FILE = 1;
    private static final long NO_SUCH_FILE = 2;
    private static final long PERMISSION_DENIED = 3;

    private final long code;

    SftpStatus(String asked, long code) {
        super("the SFTP server answered to " + asked + ": " + named(code));
        this.code = code;
    }

    private static String named(long code) {
        if (code == NO_SUCH_FILE) {
            return "no such file";
        }
        return code == PERMISSION_DENIED ? "permission denied" : "failure " + code;
    }

    /** Whether it is the end of the file. */
    boolean isEnd() {
        return code == END_OF_FILE;
    }

    /** Whether there is no such file. */
    public boolean isMissing() {
        return code == NO_SUCH_FILE;
    }

    /** Whether the login may not do that. */
    public boolean isDenied() {
        return code == PERMISSION_DENIED;
    }
}
