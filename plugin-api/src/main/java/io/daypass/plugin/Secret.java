package io.daypass.plugin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text that must not be seen: it prints as {@code [redacted]}, and is equal in constant time. */
public final class Secret {
    /** The 62 letters and digits of ASCII: an alphabet for passwords. */
    public static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A secret text. */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** Secret bytes, which travel as base64 (RFC 4648, section 4). */
    public static Secret base64(byte[] bytes) {
        return new Secret(Base64.getEncoder().encodeToString(bytes));
    }

    /** The text. Whoever calls it answers for where it goes. */
    public String reveal() {
        Reveals.note(text);
        return text;
    }

    /** The bytes of a secret made by {@link #base64}. */
    public byte[] revealBase64() {
        return Base64.getDecoder().decode(reveal());
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
