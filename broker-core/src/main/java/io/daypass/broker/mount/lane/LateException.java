package io.daypass.broker.mount.lane;

/** Work was not done by its deadline. */
public final class LateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean started;

    LateException(boolean started) {
        super(
                started ? "the deadline passed before it was done" : "the deadline passed before its turn came",
                null,
                false,
                false);
        this.started = started;
    }

    /** Whether it had been started; if not, it never will be. */
    public boolean started() {
        return started;
    }
}
