package io.daypass.plugin;

/** The step that creates a drafted credential. It runs once; the secret exists in its answer alone. */
@FunctionalInterface
public interface Mint<A> {
    /**
     * @param deadline to be given to the target as its own limit: {@link Deadline#at} goes into the minting transaction,
     *     since a broker that was paused can't keep it
     * @return what the caller gets as {@code data}
     * @throws Refused only if the target itself said no, and nothing is left of the attempt
     */
    A mint(Deadline deadline) throws Exception;
}
