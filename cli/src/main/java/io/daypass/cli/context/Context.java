package io.daypass.cli.context;

import io.daypass.cli.shell.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A broker that is remembered: one file, {@code NAME.json}, an object of these members. Whoever may read the file holds
 * the token.
 *
 * @param name its name, which is the file's too
 * @param address {@code address}: where the broker listens, such as {@code https://127.0.0.1:8200}
 * @param authority {@code ca}: PEM certificates of the authorities that are trusted for it; null or absent: the JDK's
 * @param bearer {@code token}: the token to use; null or absent: none
 * @param pid {@code pid}: the process that wrote it and removes it when it stops; 0 or absent: none does
 */
public record Context(
        String name,
        String address,
        @Nullable String authority,
        @Nullable Secret bearer,
        long pid) {
    /** The name under which a server in dev mode writes its own. */
    public static final String DEV = "dev";

    private static final int LONGEST_NAME = 64;

    /** Whether a context may have this name: small letters, digits, {@code . _ -}, none but the first two in front. */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || !isAlphanumeric(name.charAt(0))) {
            return false;
        }
        return name.chars().allMatch(c -> isAlphanumeric(c) || c == '.' || c == '_' || c == '-');
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
