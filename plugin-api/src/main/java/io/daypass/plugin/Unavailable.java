package io.daypass.plugin;

/** Nobody must act but wait: the target can't be reached, or what it did is unknown. Answered 502, retried for ever. */
public final class Unavailable extends EngineException {
    private static final long serialVersionUID = 1L;

    /** @param message what could not be done, and why */
    public Unavailable(String message) {
        super(message);
    }

    /** @param message what could not be done, and why */
    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
