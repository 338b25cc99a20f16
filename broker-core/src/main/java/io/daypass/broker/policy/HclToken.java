package io.daypass.broker.policy;

/**
 * A token of a policy written in HCL.
 *
 * @param kind what it is
 * @param text of a word or a string, unescaped; else as it is written
 * @param at where it begins
 */
record HclToken(Kind kind, String text, Position at) {
    /** For an error's text. */
    String described() {
        return switch (kind) {
            case WORD -> "the word " + Stanzas.quoted(text);
            case STRING -> "the string " + Stanzas.quoted(text);
            case MARK -> "'" + text + "'";
            case END -> "the end of the policy";
        };
    }

    /** Whether it is that mark. */
    boolean is(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }

    enum Kind {
        WORD,
        STRING,
        /** One of <code>{ } [ ] = ,</code>. */
        MARK,
        END
    }
}
