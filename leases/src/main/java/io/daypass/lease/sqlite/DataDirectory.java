package io.daypass.lease.sqlite;

import io.daypass.lease.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory that the store lives in: for this user alone, and for one broker at a time, until it is closed. */
final class DataDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Path database;
    private final FileChannel channel;

    private DataDirectory(Path database, FileChannel channel) {
        this.database = database;
        this.channel = channel;
    }

    /**
     * Makes the directory if it isn't there, locks it, and sees to it that nobody else may read the database.
     *
     * @throws StoreException if another broker has it, or others may read or write it
     */
    static DataDirectory claim(Path directory) {
        try {
            Files.createDirectories(
                    directory.toAbsolutePath(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            refuseWritableByOthers(directory);
            DataDirectory claimed =
                    new DataDirectory(directory.resolve("daypass.db"), lock(directory.resolve("daypass.lock")));
            try {
                createPrivate(claimed.database);
                refuseReadableByOthers(claimed.database);
            } catch (IOException | RuntimeException e) {
                claimed.close();
                throw e;
            }
            return claimed;
        } catch (IOException e) {
            throw new StoreException(
                    "the data directory " + directory + " can't be used (" + e + "); check that it"
                            + " exists, that its disk has room, and that it belongs to the user who runs the broker",
                    e);
        }
    }

    /** The database file, which exists and may be empty. */
    Path database() {
        return database;
    }

    private static FileChannel lock(Path file) throws IOException {
        createPrivate(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StoreException("another broker is running on this data directory (it holds a lock on " + file
                    + "); stop that one first, or give this one a directory of its own");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // A second store in this very process.
            return null;
        }
    }

    private static void createPrivate(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new StoreException(file + " is not a regular file; move it away, or use another directory", e);
            }
        }
    }

    private static void refuseReadableByOthers(Path file) throws IOException {
        Set<PosixFilePermission> given = EnumSet.copyOf(OTHERS);
        given.retainAll(Files.getPosixFilePermissions(file));
        if (!given.isEmpty()) {
            throw new StoreException(file + " may be read or written by others than its owner; if nobody has done so,"
                    + " run: chmod 600 " + file);
        }
    }

    private static void refuseWritableByOthers(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new StoreException("the data directory " + directory + " may be written by others than its owner;"
                    + " run: chmod 700 " + directory);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("the lock on the data directory could not be given back: " + e, e);
        }
    }
}
