package io.daypass.lease;

/** Numbers in ascending order, each given once, without gaps but where a broker stopped. */
@FunctionalInterface
public interface Serials {
    /**
     * The next number, from a block that was moved durably before this answers. Doesn't wait.
     *
     * @throws StoreException if the block is used up faster than the next one could be written
     */
    long next();
}
