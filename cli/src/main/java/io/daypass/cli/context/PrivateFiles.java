package io.daypass.cli.context;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Files that nobody but their owner may read. No link is followed. */
public final class PrivateFiles {
    private static final int LARGEST = 1 << 20;
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> NOT_TO_BE_CHANGED = PosixFilePermissions.fromString("rwxr-xr-x");

    /** In directories that others can't even look into. */
    public static final PrivateFiles HIDDEN = new PrivateFiles(OWNER_ONLY);

    /** In directories that others may look into, but not change. */
    public static final PrivateFiles VISIBLE = new PrivateFiles(NOT_TO_BE_CHANGED);

    private final Set<PosixFilePermission> directories;

    private PrivateFiles(Set<PosixFilePermission> directories) {
        this.directories = directories;
    }

    /**
     * Reads a file.
     *
     * @return its text; nothing if it, or its directory, isn't there
     * @throws Failure if it is no plain file, is a link, or others may use it
     */
    public Optional<String> read(Path file) {
        try {
            check(directory(file), true, directories);
            check(file, false, SECRET);
            try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw Failure.of(Exit.LOCAL, file + " is longer than 1 MiB: it is no file of ours", "remove it");
                }
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "can't read " + file + ": " + unreadable.getMessage());
        }
    }

    /**
     * Writes a secret file whole, or leaves the one that is there.
     *
     * @throws Failure if it can't be written
     */
    public void write(Path file, String text) {
        write(file, text, SECRET);
    }

    /** The same, for what everybody may read. */
    public void publish(Path file, String text) {
        write(file, text, PUBLIC);
    }

    private void write(Path file, String text, Set<PosixFilePermission> permissions) {
        Path draft = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            makeDirectory(directory(file));
            Files.deleteIfExists(draft);
            try (SeekableByteChannel channel = Files.newByteChannel(
                    draft,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(permissions))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw Failure.because(
                    unwritable,
                    Exit.LOCAL,
                    "can't write " + file + ": " + unwritable.getClass().getSimpleName() + " "
                            + unwritable.getMessage());
        }
    }

    private static Path directory(Path file) {
        Path directory = file.getParent();
        if (directory == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return directory;
    }

    private void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        check(directory, true, directories);
    }

    /** Refuses links, and what others may do more with than they should. */
    private static void check(Path path, boolean directory, Set<PosixFilePermission> most) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw Failure.of(
                    Exit.LOCAL, path + " is a link, and links to secrets aren't followed", "put the real one there");
        }
        if (directory ? !attributes.isDirectory() : !attributes.isRegularFile()) {
            throw Failure.of(Exit.LOCAL, path + " is no " + (directory ? "directory" : "plain file"), "remove it");
        }
        if (!most.containsAll(attributes.permissions())) {
            throw Failure.of(
                    Exit.LOCAL,
                    path + " may be used by others (" + PosixFilePermissions.toString(attributes.permissions()) + ")",
                    "chmod go= " + path + "   # and think of what it holds as known");
        }
    }
}
