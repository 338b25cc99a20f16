package io.daypass.cli.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Stdout, which remembers why it could not be written to: a {@code PrintStream} only knows that it couldn't. */
public final class Outlet extends FilterOutputStream {
    /** 128 and the number of SIGPIPE: what a shell says of a program that its reader left. */
    private static final int LEFT = 128 + 13;

    private String failure = "";

    /** @param descriptor what is written to */
    public Outlet(FileDescriptor descriptor) {
        super(new FileOutputStream(descriptor));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException failed) {
            if (failure.isEmpty()) {
                failure = String.valueOf(failed.getMessage());
            }
            throw failed;
        }
    }

    /** What the process is to end with since it could not be written; nothing if it could. */
    public Optional<Integer> exit() {
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(isLeft() ? LEFT : Exit.LOCAL.code());
    }

    /** Whether whoever read it has gone, as {@code head} does: nothing to speak of. */
    public boolean isLeft() {
        return failure.contains("Broken pipe");
    }

    /** Why it could not be written. */
    public String failure() {
        return failure;
    }
}
