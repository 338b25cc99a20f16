package io.daypass.lease;

/** The store can't do its work. The message says what was wrong and what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was wrong, and what to do */
    public StoreException(String message) {
        super(message);
    }

    /** @param message what was wrong, and what to do */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
