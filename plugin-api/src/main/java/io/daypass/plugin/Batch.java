package io.daypass.plugin;

/** Mint steps that wait together and are sent to their target as one. Made by {@link Mount#batch}. */
public interface Batch<I, A extends Record> {
    /** The mint step of a draft that mints this item. */
    Mint<A> of(I item);
}
