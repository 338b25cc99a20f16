package io.daypass.cli.ssh.certificate;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * One line at the top of a configuration of OpenSSH's, which brings in another file. At the top it is inside no Host or Match
 * block, and what it brings in wins. All other bytes of the file stay as they are.
 */
public final class IncludeLine {
    private final Path file;
    private final String line;

    /**
     * @param file the configuration
     * @param included what is brought in
     */
    public IncludeLine(Path file, Path included) {
        String path = included.toString();
        if (path.chars().anyMatch(c -> c == '"' || c == '\\' || c == '*' || c == '?' || c == '[' || c < ' ')) {
            throw Failure.of(
                    Exit.LOCAL, "ssh can't be told of " + path + ": its name has characters that ssh reads otherwise");
        }
        this.file = file;
        this.line = "Include \"" + path + "\"\n";
    }

    /**
     * Looks whether it can be added, before anything else is done.
     *
     * @throws Failure if the file is no plain one, or a link that leads nowhere, or its folder is none
     */
    public void check() {
        Path folder = file.getParent();
        boolean isFolder = folder == null || isAbsent(folder) || Files.isDirectory(folder);
        if (!isFolder || !(isAbsent(file) || Files.isRegularFile(file))) {
            throw Failure.of(
                    Exit.LOCAL,
                    (isFolder ? file : folder) + " is no plain " + (isFolder ? "file" : "folder")
                            + ", or a link that leads nowhere",
                    "ls -ld " + (isFolder ? file : folder));
        }
    }

    private static boolean isAbsent(Path path) {
        return !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Adds it, if it isn't there.
     *
     * @param mode of the file, if it isn't there
     * @return whether the file was made for it
     */
    public boolean add(String mode) {
        boolean absent = !Files.exists(file);
        String text = absent ? "" : read();
        if (find(text) < 0) {
            write(line + text, mode);
        }
        return absent;
    }

    /**
     * Takes it away, if it is there. What has come to be no plain file has no line.
     *
     * @param made whether the file was made for it, and goes with it if nothing else is in it
     */
    public void remove(boolean made) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        String text = read();
        int at = find(text);
        if (at < 0) {
            return;
        }
        String rest = text.substring(0, at) + text.substring(at + line.length());
        if (!rest.isEmpty() || !made) {
            write(rest, "rw-------");
            return;
        }
        try {
            Files.delete(file);
        } catch (IOException kept) {
            throw Failure.because(kept, Exit.LOCAL, "can't remove " + file + ": " + WholeFile.reason(kept));
        }
    }

    private int find(String text) {
        if (text.startsWith(line)) {
            return 0;
        }
        int at = text.indexOf("\n" + line);
        return at < 0 ? -1 : at + 1;
    }

    /** A character a byte, so that whatever it is comes out as it went in. */
    private String read() {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "can't read " + file + ": " + WholeFile.reason(unreadable));
        }
    }

    private void write(String text, String mode) {
        WholeFile.write(file, text.getBytes(StandardCharsets.ISO_8859_1), mode);
    }
}
