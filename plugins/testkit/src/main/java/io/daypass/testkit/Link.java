package io.daypass.testkit;

/** The way to a target, which a test can break. For what is reached over TCP, {@link CutLink} is one. */
public interface Link {
    /** From now on the target can't be reached: all that is under way ends with an error, and so does what is begun. */
    void cut();

    /** From now on the target takes what is sent and answers nothing. */
    void mute();

    /**
     * Is cut by itself, after so many more messages.
     *
     * @param messages of both directions; 0: with the next one
     */
    void cutAfter(int messages);

    /**
     * How often something has come to it until now, in either direction: connections that were begun, messages. For a test
     * to see that nothing did.
     */
    long crossings();

    /** Works again, and delivers what it held back, even to those who are no longer waiting. */
    void heal();
}
