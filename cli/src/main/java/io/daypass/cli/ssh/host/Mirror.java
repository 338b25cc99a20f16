package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Session;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A file that is what the broker says at one of its public paths. It is replaced whole or not at all, fetched only if it has
 * changed, and stays as it was when the broker is away or answers something else. {@code FILE.etag} beside it holds what the
 * broker calls it, and by its time when the two were compared last.
 */
final class Mirror {
    /** Whatever is served to everybody, everybody may read. */
    static final String MODE = "rw-r--r--";

    private final Session session;
    private final Path file;
    private final String path;
    private final String without;
    private final Check check;

    /**
     * @param session whose broker it is
     * @param file the file
     * @param path where the broker has it
     * @param without what sshd refuses while there is no such file
     * @param check what is taken
     */
    Mirror(Session session, Path file, String path, String without, Check check) {
        this.session = session;
        this.file = file;
        this.path = path;
        this.without = without;
        this.check = check;
    }

    /** Which documents are taken. */
    @FunctionalInterface
    interface Check {
        /**
         * Looks through one.
         *
         * @param content what was fetched
         * @param before what is there; empty if nothing
         * @throws Failure if it isn't taken
         */
        void of(byte[] content, byte[] before);
    }

    /**
     * Makes it what the broker has.
     *
     * @throws Failure if that can't be; what was there is there, and the failure says how old it is
     */
    void sync() {
        Path note = note(file);
        byte[] before = content();
        try {
            Broker.Fetched fetched =
                    session.broker().anonymous().fetch(Call.read(path), before.length == 0 ? "" : tag(note, before));
            byte[] now = fetched.isUnchanged() ? before : fetched.content();
            if (!fetched.isUnchanged()) {
                check.of(now, before);
                WholeFile.write(file, now, MODE);
            }
            WholeFile.write(note, (digest(now) + " " + fetched.tag() + "\n").getBytes(StandardCharsets.UTF_8), MODE);
            session.printer().note(file + (fetched.isUnchanged() ? " is up to date" : " was written"));
        } catch (Failure failed) {
            throw Failure.because(
                    failed,
                    failed.exit(),
                    failed.text() + "; " + kept(note, before),
                    failed.next().toArray(String[]::new));
        }
    }

    /**
     * What the broker has, of which nothing is written.
     *
     * @throws Failure if it can't be had, or isn't taken
     */
    byte[] fetch() {
        byte[] now = session.broker().anonymous().fetch(Call.read(path), "").content();
        check.of(now, content());
        return now;
    }

    /** Where it is noted what the broker calls this file. */
    static Path note(Path file) {
        return file.resolveSibling(file.getFileName() + ".etag");
    }

    private byte[] content() {
        return Files.exists(file) ? read(file) : new byte[0];
    }

    private String kept(Path note, byte[] before) {
        if (before.length == 0) {
            return "there is no " + file + " yet, and without it sshd refuses " + without;
        }
        try {
            Path compared = Files.exists(note) ? note : file;
            Duration age = Duration.between(
                    Files.getLastModifiedTime(compared).toInstant(),
                    session.shell().clock().instant());
            return file + " is kept as it was " + Display.seconds(age.toSeconds()) + " ago";
        } catch (IOException unknown) {
            return file + " is kept as it was";
        }
    }

    /** What the broker called the one that is there; empty if it isn't that one any more. */
    private static String tag(Path note, byte[] content) {
        if (!Files.exists(note)) {
            return "";
        }
        String[] parts = new String(read(note), StandardCharsets.UTF_8).strip().split(" ", 2);
        return parts.length == 2 && parts[0].equals(digest(content)) ? parts[1] : "";
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "can't read " + file + ": " + WholeFile.reason(unreadable));
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
