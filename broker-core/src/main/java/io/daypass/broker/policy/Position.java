package io.daypass.broker.policy;

/**
 * A place in a text.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
record Position(int line, int column) {}
