package io.daypass.engine.mysql;

import io.daypass.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a server keeps in place of a password that is proved by {@code mysql_native_password}. Sent in its place too, so
 * that the password is in no statement: MariaDB writes statements to its general log as they are.
 */
final class NativePassword {
    /** The way to prove it, as {@code mysql.user} calls it; an empty one is the same. */
    static final String PLUGIN = "mysql_native_password";

    private NativePassword() {}

    /** {@code *} and SHA-1 of SHA-1 of the password, in hex. Its salt is the randomness of the password. */
    static String hash(Secret password) {
        byte[] once = sha1(password.reveal().getBytes(StandardCharsets.UTF_8));
        return "*" + HexFormat.of().withUpperCase().formatHex(sha1(once));
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
