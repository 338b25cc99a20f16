package io.daypass.broker.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.pf4j.DefaultVersionManager;

/**
 * Looks through an archive without loading any class of it, and takes down all that is wrong with it. PF4J would start a
 * plugin without an index, or with the SPI's classes inside, and answer with an empty list.
 */
final class Inspection {
    private static final String INDEX = "META-INF/extensions.idx";
    private static final Pattern OURS = Pattern.compile(
            "(?:META-INF/versions/[0-9]+/)?(?:io/daypass/plugin|org/pf4j|org/slf4j|org/jspecify)/.*\\.class");
    private static final List<String> LOADS_OTHERS = List.of("Class-Path", "Launcher-Agent-Class");
    private static final long MOST_BYTES = 512L << 20;
    private static final int MOST_ENTRIES = 65_535;

    private final List<String> problems = new ArrayList<>();
    private String id = "";
    private String version = "";
    private String requires = "";
    private String contract = "";
    private List<String> extensions = List.of();

    private Inspection() {}

    /** Looks at what costs little: the manifest, the index, the names and the sizes of entries. */
    static Inspection of(Path file) {
        return of(file, Depth.QUICK);
    }

    /** How far to look. */
    enum Depth {
        /** At what is said of entries. */
        QUICK,
        /** Into every entry as well. */
        WHOLE
    }

    /** Looks as far as is said. */
    static Inspection of(Path file, Depth depth) {
        Inspection inspection = new Inspection();
        try {
            if (Files.size(file) > MOST_BYTES) {
                inspection.problems.add("it is larger than " + (MOST_BYTES >> 20) + " MiB");
                return inspection;
            }
            try (JarFile jar = new JarFile(file.toFile(), false)) {
                inspection.look(jar, depth);
            }
        } catch (IOException | SecurityException e) {
            inspection.problems.add("it is no readable jar: " + e.getMessage());
        }
        return inspection;
    }

    /** All that is wrong, each in one line; empty: nothing. */
    List<String> problems() {
        return problems;
    }

    /** What the archive says of itself; what it does not say is empty. */
    Archive archive() {
        return new Archive(id, version, requires, contract, extensions);
    }

    private void look(JarFile jar, Depth depth) throws IOException {
        problems.addAll(Entries.problems(jar, OURS, MOST_ENTRIES, MOST_BYTES));
        JarEntry manifest = jar.getJarEntry(JarFile.MANIFEST_NAME);
        if (manifest == null) {
            problems.add("it has no manifest, so no Plugin-Id");
        } else {
            look(new Manifest(new ByteArrayInputStream(Entries.bytes(jar, manifest))).getMainAttributes());
        }
        index(jar);
        problems.addAll(Versions.lies(jar, id, version));
        if (depth == Depth.WHOLE && problems.isEmpty()) {
            problems.addAll(Entries.deepProblems(jar, MOST_BYTES));
        }
    }

    private void look(Attributes manifest) {
        for (String name : LOADS_OTHERS) {
            if (!text(manifest, name).isEmpty()) {
                problems.add("its manifest has " + name + ", which loads code that no pin covers: shade what it needs");
            }
        }
        id = needed(manifest, "Plugin-Id");
        version = needed(manifest, "Plugin-Version");
        requires = text(manifest, "Plugin-Requires");
        contract = text(manifest, "Plugin-Contract");
        checkRequired();
    }

    private String needed(Attributes manifest, String name) {
        String value = text(manifest, name);
        if (value.isEmpty()) {
            problems.add("its manifest has no " + name);
        }
        return value;
    }

    private static String text(Attributes manifest, String name) {
        String value = manifest.getValue(name);
        return value == null ? "" : value.strip();
    }

    private void checkRequired() {
        if (requires.isEmpty()) {
            return;
        }
        try {
            if (!new DefaultVersionManager().checkVersionConstraint(PinnedJars.SPI, requires)) {
                problems.add("it requires the SPI " + requires + ", this is " + PinnedJars.SPI);
            }
        } catch (RuntimeException e) {
            problems.add("its Plugin-Requires can't be read: " + requires + "; it is a range such as >=1.0.0 & <2.0.0");
        }
    }

    private void index(JarFile jar) throws IOException {
        JarEntry entry = jar.getJarEntry(INDEX);
        if (entry == null) {
            problems.add("it has no " + INDEX
                    + ": name PF4J as annotation processor, or newer compilers write none and say nothing");
            return;
        }
        extensions = new String(Entries.bytes(jar, entry), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        if (extensions.isEmpty()) {
            problems.add("its " + INDEX
                    + " names no class: it adds nothing. Annotate what it adds with @Extension, and name org.pf4j:pf4j"
                    + " in the compiler's annotationProcessorPaths");
        }
        for (String name : extensions) {
            if (jar.getJarEntry(name.replace('.', '/') + ".class") == null) {
                problems.add("its index names " + name + ", which isn't in it");
            }
        }
    }
}
