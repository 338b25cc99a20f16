package io.daypass.cli.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a command ends without having done what it was asked to: what went wrong, and what to type next. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final transient List<String> next;

    private Failure(Exit exit, String text, List<String> next, @Nullable Throwable cause) {
        super(text, cause);
        this.exit = exit;
        this.next = List.copyOf(next);
    }

    /**
     * @param exit what the process ends with
     * @param text what went wrong and why, without any secret
     * @param next what to do about it, a line each: commands, or a sentence
     */
    public static Failure of(Exit exit, String text, String... next) {
        return new Failure(exit, text, List.of(next), null);
    }

    /** The same, because of something else. */
    public static Failure because(Throwable cause, Exit exit, String text, String... next) {
        return new Failure(exit, text, List.of(next), cause);
    }

    /** The command was used wrongly. */
    public static Failure usage(String text, String... next) {
        return of(Exit.USAGE, text, next);
    }

    /** What the process ends with. */
    public Exit exit() {
        return exit;
    }

    /** What to do about it. */
    public List<String> next() {
        return next;
    }

    /** What went wrong. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
