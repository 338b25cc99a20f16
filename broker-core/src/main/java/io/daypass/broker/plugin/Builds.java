package io.daypass.broker.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What a build leaves in its folder: classes ({@code target/classes}), or among other things the one jar
 * ({@code target}).
 */
final class Builds {
    private static final String INDEX = "META-INF/extensions.idx";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Pattern BESIDE =
            Pattern.compile("original-.*|.*-(sources|javadoc|tests|test-sources|shaded)\\.jar");
    private static final String UNRELEASED = "0.0.0";

    private Builds() {}

    /** The jars in a folder that may be the plugin's. */
    static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .filter(file ->
                            !BESIDE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** The files of a folder that belong to the build, sorted. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> jars = jars(folder);
        if (!jars.isEmpty()) {
            return jars;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /**
     * Makes an archive of what was built.
     *
     * @param folder of the build
     * @param to where the archive goes
     */
    static void pack(Path folder, Path to) throws IOException, RefusedPluginException {
        if (!Files.isDirectory(folder)) {
            throw new RefusedPluginException("there is no folder of that name: build it first");
        }
        List<Path> jars = jars(folder);
        if (jars.size() > 1) {
            throw new RefusedPluginException("there are several jars: "
                    + String.join(
                            ", ",
                            jars.stream()
                                    .map(jar -> jar.getFileName().toString())
                                    .toList())
                    + "; remove what is old (mvn clean)");
        }
        if (jars.size() == 1) {
            Files.copy(jars.get(0), to);
        } else if (Files.exists(folder.resolve(INDEX))) {
            zip(folder, to);
        } else {
            throw new RefusedPluginException("there is neither a jar nor " + INDEX
                    + " in it: build it first, with PF4J named as annotation processor");
        }
    }

    private static void zip(Path classes, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to);
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            manifest(classes).write(zip);
            zip.closeEntry();
            for (Path file : new ArrayList<>(files(classes))) {
                String name = classes.relativize(file).toString();
                if (!name.equals(MANIFEST)) {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        }
    }

    /** What the jar's manifest says is said by the build only as it makes the jar. */
    private static Manifest manifest(Path classes) throws IOException {
        Manifest manifest = new Manifest();
        Path written = classes.resolve(MANIFEST);
        if (Files.exists(written)) {
            try (InputStream in = Files.newInputStream(written)) {
                manifest.read(in);
            }
        }
        Attributes attributes = manifest.getMainAttributes();
        attributes.putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putIfAbsent(new Attributes.Name("Plugin-Id"), project(classes));
        attributes.putIfAbsent(new Attributes.Name("Plugin-Version"), UNRELEASED);
        return manifest;
    }

    /** The folder that the project is in: the one over {@code target/classes}. */
    private static String project(Path classes) {
        Path project = classes.toAbsolutePath().normalize();
        for (int up = 0; up < 2 && project.getParent() != null; up++) {
            project = project.getParent();
        }
        Path name = project.getFileName();
        return name == null ? "plugin" : name.toString();
    }
}
