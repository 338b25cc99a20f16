package io.daypass.broker.seal;

/** The seal can't be set, opened or read; the text says why, and what to do. Whoever asked, or the operator, must act. */
public final class SealException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param text why, and what to do; never with a key in it */
    public SealException(String text) {
        super(text);
    }

    SealException(String text, Throwable cause) {
        super(text, cause);
    }
}
