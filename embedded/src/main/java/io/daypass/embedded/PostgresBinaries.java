package io.daypass.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.tukaani.xz.XZInputStream;

/** The unpacked programs of one version of PostgreSQL. */
public final class PostgresBinaries {
    private final PostgresVersion version;
    private final Path home;

    private PostgresBinaries(PostgresVersion version, Path home) {
        this.version = version;
        this.home = home;
    }

    /**
     * Unpacks a version, which takes a second or two; any number of servers can be started from it.
     *
     * @param version which
     * @param directory where to; it is created, and all that is unpacked stays inside
     * @throws IOException if the binaries are not on the class path, or {@code tar} fails
     */
    public static PostgresBinaries unpack(PostgresVersion version, Path directory) throws IOException {
        String archive = "postgresql-" + version.major() + ".jar";
        Files.createDirectories(directory);
        try (InputStream resource = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (resource == null) {
                throw new IOException("the binaries of PostgreSQL " + version.major() + " are not on the class path ("
                        + archive + "); build without -Dquick, and depend on embedded's classifier postgresql-"
                        + version.major());
            }
            try (InputStream packed = programs(resource);
                    InputStream tar = new XZInputStream(packed)) {
                untar(tar, directory);
            }
        }
        return new PostgresBinaries(version, directory);
    }

    /** Which version they are of. */
    public PostgresVersion version() {
        return version;
    }

    /** Where a program is: {@code initdb}, {@code pg_ctl} or {@code postgres}. */
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** The one archive in the jar; its name differs with the platform. */
    private static InputStream programs(InputStream jar) throws IOException {
        JarInputStream entries = new JarInputStream(jar);
        for (JarEntry entry = entries.getNextJarEntry(); entry != null; entry = entries.getNextJarEntry()) {
            if (entry.getName().endsWith(".txz")) {
                return entries;
            }
        }
        throw new IOException("the archive of PostgreSQL's binaries holds no .txz");
    }

    /** Any system's tar reads a plain tar from its input; what xz needs is done here, since not all have it. */
    private static void untar(InputStream tar, Path directory) throws IOException {
        Process process = new ProcessBuilder("tar", "-x", "-o", "-f", "-", "-C", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("tar.log").toFile())
                .start();
        try (OutputStream input = process.getOutputStream()) {
            tar.transferTo(input);
        }
        int exit = Account.await(process);
        if (exit != 0) {
            throw new IOException("tar exited with " + exit + ": " + Files.readString(directory.resolve("tar.log")));
        }
    }
}
