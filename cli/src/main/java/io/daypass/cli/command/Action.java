package io.daypass.cli.command;

import io.daypass.cli.shell.Exit;

/** One command, with its options and arguments read. */
@FunctionalInterface
public interface Action {
    /**
     * Does it.
     *
     * @return what the process ends with
     * @throws io.daypass.cli.shell.Failure if it can't be done
     */
    int run(Session session);

    /** The code of success. */
    static int ok() {
        return Exit.OK.code();
    }
}
