package io.daypass.engine.postgresql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Where a PostgreSQL's programs are: those that the build has copied into a directory as archives, unpacked beside them
 * when they are first asked for, or the system's own.
 */
final class PostgresBinaries {
    /** A system property: the directory of the archives. */
    static final String DIRECTORY = "postgres.binaries";

    private static final String DEFAULT_DIRECTORY = "target/postgres";
    private static final Path SYSTEM = Path.of("/usr/lib/postgresql");

    private PostgresBinaries() {}

    /** Whether that major version is to be had. */
    static boolean has(int version) {
        return Files.isExecutable(systems(version).resolve("initdb")) || archive(version) != null;
    }

    /**
     * The directory of {@code initdb}, {@code postgres} and {@code pg_ctl}.
     *
     * @param version the major version, such as 18
     */
    static Path bin(int version) throws IOException {
        Path archive = archive(version);
        if (archive == null) {
            return systems(version);
        }
        Path home = archive.resolveSibling(String.valueOf(version));
        Path lock = archive.resolveSibling(version + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !Files.isDirectory(home)) {
                Path unpacked = Files.createTempDirectory(archive.getParent(), "unpacking");
                unpack(archive, unpacked);
                openToAll(unpacked);
                Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return home.resolve("bin");
    }

    private static Path systems(int version) {
        return SYSTEM.resolve(version + "/bin");
    }

    @SuppressWarnings("NullAway") // null: there is none
    private static Path archive(int version) {
        Path directory = Path.of(System.getProperty(DIRECTORY, DEFAULT_DIRECTORY));
        if (!Files.isDirectory(directory)) {
            return null;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().contains("-amd64-" + version + "."))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toAbsolutePath)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Path archive, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry inner = zip.stream()
                    .filter(each -> each.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no server in " + archive));
            try (InputStream raw = new BufferedInputStream(zip.getInputStream(inner));
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, target.resolve(entry.getName()).normalize());
                }
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.values()));
        }
    }

    /** The server may have to run as somebody else. */
    private static void openToAll(Path directory) throws IOException {
        Set<PosixFilePermission> all = Set.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(directory, all);
    }
}
