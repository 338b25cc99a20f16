package io.daypass.broker.plugin;

import io.daypass.broker.scratch.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder that only this process may use, with copies of archives: what was hashed is what is loaded, whatever becomes of
 * the original meanwhile.
 */
final class PrivateCopy implements AutoCloseable {
    private static final Set<PosixFilePermission> WRITE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final TemporaryFolder folder;
    private final AtomicInteger made = new AtomicInteger();

    private PrivateCopy(TemporaryFolder folder) {
        this.folder = folder;
    }

    static PrivateCopy make() {
        try {
            return new PrivateCopy(TemporaryFolder.make("daypass-plugins-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for copies of plugins can be made", e);
        }
    }

    Path folder() {
        return folder.path();
    }

    /**
     * Copies an archive, and checks that it is the one that was pinned.
     *
     * @return the copy
     */
    Path of(Path archive, String sha256) throws RefusedPluginException {
        try {
            Path real = archive.toRealPath();
            checkWhoMayWrite(real);
            Path parent = real.getParent();
            if (parent != null) {
                checkWhoMayWrite(parent);
            }
            Path copy = next();
            String found = copy(real, copy);
            if (!found.equals(sha256)) {
                throw new RefusedPluginException(
                        "its SHA-256 is " + found + ", but " + sha256 + " is pinned: it was altered,"
                                + " or is another version; compare it with its source before you pin it anew");
            }
            return copy;
        } catch (IOException e) {
            throw new RefusedPluginException("it can't be read: " + e, e);
        }
    }

    /** Where the next copy goes. */
    private Path next() {
        return folder().resolve(made.incrementAndGet() + ".jar");
    }

    /**
     * A copy, and its hash.
     *
     * @param file the copy
     * @param sha256 in hexadecimal
     */
    record Copied(Path file, String sha256) {}

    /** Copies an archive that nobody has pinned. */
    Copied of(Path archive) throws IOException {
        Path copy = next();
        return new Copied(copy, copy(archive, copy));
    }

    /** Copies what a build has made, whoever may write it: for development alone. */
    Copied ofBuild(Path build) throws RefusedPluginException {
        Path copy = next();
        try {
            Builds.pack(build, copy);
            return new Copied(copy, copy(copy, OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new RefusedPluginException("it can't be read: " + e, e);
        }
    }

    /** Removes a copy that is of no use any more. */
    static void remove(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy of a plugin can't be removed", e);
        }
    }

    static boolean mayBeWrittenByOthers(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).stream().anyMatch(WRITE_BY_OTHERS::contains);
    }

    private void checkWhoMayWrite(Path path) throws IOException, RefusedPluginException {
        if (mayBeWrittenByOthers(path)) {
            throw new RefusedPluginException(path + " may be written by its group or by others: chmod go-w it");
        }
        UserPrincipal owner = Files.getOwner(path);
        if (!owner.equals(Files.getOwner(folder())) && !owner.getName().equals("root")) {
            throw new RefusedPluginException(path + " belongs to " + owner.getName() + ", neither to us nor to root");
        }
    }

    private static String copy(Path from, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            return copy(from, out);
        }
    }

    private static String copy(Path from, OutputStream to) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest)) {
            in.transferTo(to);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the copies of plugins can't be removed", e);
        }
    }
}
