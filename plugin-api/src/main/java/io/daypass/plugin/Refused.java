package io.daypass.plugin;

/** The operator must act: the target said no, will say it again, and nothing is left of the attempt. Answered 400. */
public final class Refused extends EngineException {
    private static final long serialVersionUID = 1L;

    /** @param message the target's own words, and what to do */
    public Refused(String message) {
        super(message);
    }

    /** @param message the target's own words, and what to do */
    public Refused(String message, Throwable cause) {
        super(message, cause);
    }
}
