package io.daypass.broker.policy;

/** A policy's text can't be taken: where, and why. Whoever wrote it must act. */
public final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String text;

    /**
     * @param line counted from 1
     * @param column counted from 1, in characters
     * @param text what is wrong there, and what to do
     */
    public PolicyException(int line, int column, String text) {
        super("line " + line + ", column " + column + ": " + text, null, false, false);
        this.line = line;
        this.column = column;
        this.text = text;
    }

    PolicyException(Position at, String text) {
        this(at.line(), at.column(), text);
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The column, counted from 1, in characters. */
    public int column() {
        return column;
    }

    /** What is wrong, without the place. */
    public String text() {
        return text;
    }
}
