package io.daypass.cli.ssh.certificate;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that are replaced whole or not at all: written beside, synced, renamed. A link is followed to what it leads to, and
 * stays; one that leads nowhere is refused. A file that is there keeps its mode, and its owner where that can be kept.
 */
public final class WholeFile {
    private static final Set<PosixFilePermission> WHILE_WRITTEN = PosixFilePermissions.fromString("rw-------");

    private WholeFile() {}

    /**
     * Writes a file.
     *
     * @param mode of a file that wasn't there, such as {@code rw-r--r--}
     * @throws Failure if it can't be written; what was there is there
     */
    public static void write(Path file, byte[] content, String mode) {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw Failure.of(Exit.LOCAL, file + " is a link that leads nowhere", "ls -l " + file);
        }
        try {
            Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path draft = real.resolveSibling(
                    "." + real.getFileName() + "." + ProcessHandle.current().pid());
            Files.deleteIfExists(draft);
            try {
                fill(draft, content);
                likeBefore(real, draft, mode);
                Files.move(draft, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            Path folder = real.getParent();
            if (folder != null) {
                sync(folder);
            }
        } catch (IOException unwritable) {
            throw Failure.because(
                    unwritable,
                    Exit.LOCAL,
                    "can't write " + file + ": " + reason(unwritable),
                    "ls -ld " + file.toAbsolutePath().getParent());
        }
    }

    private static void fill(Path draft, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(WHILE_WRITTEN))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void likeBefore(Path real, Path draft, String mode) throws IOException {
        if (!Files.exists(real)) {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(mode));
            return;
        }
        PosixFileAttributes before = Files.readAttributes(real, PosixFileAttributes.class);
        PosixFileAttributes own = Files.readAttributes(draft, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
        if (!own.owner().equals(before.owner())) {
            view.setOwner(before.owner());
        }
        if (!own.group().equals(before.group())) {
            view.setGroup(before.group());
        }
        Files.setPosixFilePermissions(draft, before.permissions());
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Why the system said no, without the path, which its own text repeats. */
    public static String reason(IOException broken) {
        String reason = broken instanceof FileSystemException said ? said.getReason() : broken.getMessage();
        return reason == null || reason.isEmpty() ? broken.getClass().getSimpleName() : reason;
    }
}
