package io.daypass.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A local Maven repository as somebody has it who has installed what plugins are built against: what this build has made,
 * and all else as it is in the repository of whoever runs this build, by links.
 */
final class ReactorRepository {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    /** The modules that {@code install -pl plugins/testkit -am} installs. */
    private static final List<String> MODULES =
            List.of("plugin-api", "leases", "config", "broker-core", "plugins/testkit");

    private ReactorRepository() {}

    static void layOut(Path repository) throws IOException {
        Path theirs = Path.of(System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
        Path io = Files.createDirectories(repository.resolve("io"));
        link(theirs, repository, "io");
        link(theirs.resolve("io"), io, "daypass");
        String version = version();
        install(ROOT.resolve("pom.xml"), io, "daypass", version, ".pom");
        for (String module : MODULES) {
            Path folder = ROOT.resolve(module);
            String name = folder.getFileName().toString();
            install(folder.resolve("pom.xml"), io, name, version, ".pom");
            for (String kind : List.of(".jar", "-tests.jar")) {
                install(folder.resolve("target").resolve(name + "-" + version + kind), io, name, version, kind);
            }
        }
    }

    private static void link(Path from, Path to, String allBut) throws IOException {
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                if (!child.getFileName().toString().equals(allBut)) {
                    Files.createSymbolicLink(to.resolve(child.getFileName()), child);
                }
            }
        }
    }

    private static void install(Path file, Path io, String artifact, String version, String kind) throws IOException {
        if (Files.exists(file)) {
            Path folder = Files.createDirectories(
                    io.resolve("daypass").resolve(artifact).resolve(version));
            Files.copy(file, folder.resolve(artifact + "-" + version + kind));
        }
    }

    private static String version() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
        if (!version.find()) {
            throw new IllegalStateException("the root pom has no version");
        }
        return version.group(1);
    }
}
