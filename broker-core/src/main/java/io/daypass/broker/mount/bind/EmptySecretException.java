package io.daypass.broker.mount.bind;

/** An engine answered with a secret that has nothing in it. */
public final class EmptySecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmptySecretException() {
        super("the engine answered with an empty secret");
    }
}
