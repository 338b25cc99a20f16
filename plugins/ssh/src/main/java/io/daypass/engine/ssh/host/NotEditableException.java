package io.daypass.engine.ssh.host;

import java.io.IOException;

/** A file on a host can't be edited, and nothing was written to it. */
final class NotEditableException extends IOException {
    private static final long serialVersionUID = 1;

    private final Trouble trouble;

    NotEditableException(Trouble trouble) {
        super(trouble.text());
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}
