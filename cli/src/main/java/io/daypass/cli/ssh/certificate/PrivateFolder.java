package io.daypass.cli.ssh.certificate;

import io.daypass.cli.context.PrivateFiles;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder that nobody else can look into, and that is gone with all in it when it is closed. */
public final class PrivateFolder implements AutoCloseable {
    private final Path folder;

    private PrivateFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one in memory where the system has such a place ({@code XDG_RUNTIME_DIR}), else among the temporary files.
     *
     * @throws IOException if neither can be written to
     */
    public static PrivateFolder make(Shell shell) throws IOException {
        String runtime = shell.variable("XDG_RUNTIME_DIR");
        List<Path> places = runtime == null || !runtime.startsWith("/")
                ? List.of(temporary(shell))
                : List.of(Path.of(runtime), temporary(shell));
        IOException last = new IOException("there is no place for it");
        for (Path place : places) {
            try {
                return new PrivateFolder(Files.createTempDirectory(
                        place,
                        "daypass-ssh-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
            } catch (IOException unwritable) {
                last = unwritable;
            }
        }
        throw last;
    }

    private static Path temporary(Shell shell) {
        String named = shell.variable("TMPDIR");
        return Path.of(named != null && named.startsWith("/") ? named : System.getProperty("java.io.tmpdir"));
    }

    /** Writes a file that nobody else can read. */
    public Path write(String name, String text) {
        Path file = folder.resolve(name);
        PrivateFiles.HIDDEN.write(file, text);
        return file;
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException kept) {
            throw Failure.because(kept, Exit.LOCAL, "can't remove " + folder, "rm -r " + folder);
        }
    }
}
