package io.daypass.broker.mount;

/** What was kept with a lease can't be read, so that it can't be ended. */
final class UnreadableHandleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableHandleException(long n, Throwable cause) {
        super("the handle of lease " + n + " can't be read: " + cause.getMessage(), cause);
    }
}
