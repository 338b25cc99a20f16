package io.daypass.broker.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is gone when it is closed. Killed, a process closes nothing: so each folder holds a file that is locked
 * while its process lives, and whoever makes a new one clears away those of the same name and user that nobody locks.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
    private static final String LOCK = "lock";

    /**
     * Those of this process with their locks. They are never tried: closing any channel of a file gives away all locks
     * that the process has on it (POSIX, fcntl).
     */
    private static final Map<Path, FileChannel> OWN = new ConcurrentHashMap<>();

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes one in the system's temporary folder that only its owner can enter.
     *
     * @param prefix how its name begins
     */
    public static TemporaryFolder make(String prefix) throws IOException {
        return makeIn(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    static TemporaryFolder makeIn(Path parent, String prefix) throws IOException {
        Path path = Files.createTempDirectory(
                parent, prefix, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        lock(path);
        clear(parent, prefix, Files.getOwner(path));
        return new TemporaryFolder(path);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        delete(path);
        try (FileChannel lock = OWN.remove(path)) {
            LOG.atTrace().addKeyValue("lock", lock).log("a temporary folder is gone");
        }
    }

    /** Under its name only once it is locked, so that nobody finds it there and open. */
    private static void lock(Path folder) throws IOException {
        Path beside = folder.resolve(LOCK + ".new");
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OWN.put(folder, channel);
        if (channel.tryLock() != null) {
            Files.move(beside, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void clear(Path parent, String prefix, UserPrincipal owner) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : folders) {
                if (!OWN.containsKey(folder)
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                    clearIfNobodys(folder);
                }
            }
        }
    }

    private static void clearIfNobodys(Path folder) {
        try (FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) {
                delete(folder);
            }
        } catch (IOException | UncheckedIOException notOurs) {
            // It has no lock, or another process clears it as well: either way it is not for us.
            LOG.atDebug().addKeyValue("folder", folder).setCause(notOurs).log("a temporary folder is left as it is");
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
