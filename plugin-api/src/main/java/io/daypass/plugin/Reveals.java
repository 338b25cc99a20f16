package io.daypass.plugin;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notes what is revealed during a call into an engine, so that the broker can cut it out of the error that ends the
 * call. For the broker; an engine has no use for it.
 */
public final class Reveals {
    private static final ThreadLocal<Set<String>> NOTED = new ThreadLocal<>();

    private Reveals() {}

    /**
     * Runs a call and hands over what was revealed on this thread meanwhile.
     *
     * @param call what to run
     * @param revealed gets every text revealed; called also when the call throws, before that leaves
     */
    public static <T> T during(Supplier<T> call, Consumer<Collection<String>> revealed) {
        Set<String> before = NOTED.get();
        Set<String> noted = new HashSet<>();
        NOTED.set(noted);
        try {
            return call.get();
        } finally {
            if (before == null) {
                NOTED.remove();
            } else {
                NOTED.set(before);
            }
            revealed.accept(noted);
        }
    }

    static void note(String text) {
        Set<String> noted = NOTED.get();
        if (noted != null && !text.isEmpty()) {
            noted.add(text);
        }
    }
}
