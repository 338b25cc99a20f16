package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * sshd's configuration, and where lines are added to it: in a file of their own, where an {@code Include} takes in a folder;
 * else between two marks at its top, since there they are in no Match block, and what is said first counts.
 */
final class SshdConfig {
    private static final String NAME = "10-daypass.conf";
    private static final String MARK = "# Of daypass ssh host-setup; daypass ssh host-setup --undo takes it away.\n";
    private static final String END = "# End of daypass ssh host-setup.\n";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^\\s\"]+)");
    /** Where sshd looks for what has no absolute path. */
    private static final Path HOME = Path.of("/etc/ssh");

    private final Path file;
    private final String text;
    private final Optional<Path> dropIn;

    private SshdConfig(Path file, String text) {
        this.file = file;
        this.text = text;
        this.dropIn = dropIn(text);
    }

    /**
     * Reads it.
     *
     * @throws Failure if it isn't there
     */
    static SshdConfig read(Path file) {
        try {
            // A character a byte, so that whatever it is comes out as it went in.
            return new SshdConfig(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            throw Failure.because(
                    unreadable,
                    Exit.LOCAL,
                    "can't read " + file + ": " + WholeFile.reason(unreadable),
                    "sudo apt install openssh-server   # or as your system has it",
                    "--sshd-config FILE   # where sshd has its configuration elsewhere");
        }
    }

    /** Where lines are added. */
    Path changed() {
        return dropIn.orElse(file);
    }

    /** All of that file once they are. */
    byte[] with(List<String> lines) {
        String own = MARK + String.join("\n", lines) + "\n";
        return (dropIn.isPresent() ? own : own + END + bare()).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Adds lines, in the place of those that were added before. */
    void add(List<String> lines, Changes changes) {
        dropIn.filter(Files::exists).filter(there -> !isOurs(there)).ifPresent(other -> {
            throw Failure.of(
                    Exit.LOCAL,
                    other + " is there, and was not written by host-setup",
                    "move it to another name in that folder");
        });
        changes.put(changed(), with(lines));
        if (dropIn.isPresent()) {
            removeBlock(changes);
        }
    }

    /** Takes them away. */
    void remove(Changes changes) {
        dropIn.filter(SshdConfig::isOurs).ifPresent(changes::remove);
        removeBlock(changes);
    }

    private void removeBlock(Changes changes) {
        if (!bare().equals(text)) {
            changes.put(file, bare().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private String bare() {
        int from = text.indexOf(MARK);
        int to = text.indexOf(END, Math.max(from, 0));
        return from < 0 || to < 0 ? text : text.substring(0, from) + text.substring(to + END.length());
    }

    private static boolean isOurs(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).startsWith(MARK);
        } catch (IOException absent) {
            return false;
        }
    }

    /** The file that the first Include of such a folder would take in. */
    private static Optional<Path> dropIn(String text) {
        for (String line : text.lines().toList()) {
            String[] parts = line.strip().split("[\\s=]+", 2);
            String keyword = parts[0].toLowerCase(Locale.ROOT);
            if (keyword.equals("match")) {
                break;
            }
            if (keyword.equals("include") && parts.length == 2) {
                Matcher words = WORD.matcher(parts[1]);
                while (words.find()) {
                    Optional<Path> inFolder = within(words.group(1) == null ? words.group(2) : words.group(1));
                    if (inFolder.isPresent()) {
                        return inFolder;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> within(String pattern) {
        Path included = HOME.resolve(pattern);
        Path folder = included.getParent();
        if (folder == null || folder.toString().matches(".*[*?\\[].*") || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        boolean takes = FileSystems.getDefault()
                .getPathMatcher("glob:" + included.getFileName())
                .matches(Path.of(NAME));
        return takes ? Optional.of(folder.resolve(NAME)) : Optional.empty();
    }
}
