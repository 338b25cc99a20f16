package io.daypass.plugin;

/**
 * An error sorted by who must act. Texts may be frank: the broker cuts every value revealed during the call out of the
 * error that ends it. {@code IOException}, {@code SQLException}, {@code TimeoutException} and {@code
 * InterruptedException} that leave an engine count as {@link Unavailable}; anything else is a bug of the engine.
 */
public abstract sealed class EngineException extends RuntimeException permits Invalid, Refused, Unavailable {
    private static final long serialVersionUID = 1L;

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }

    EngineException(String message) {
        super(message);
    }
}
