package io.daypass.broker.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * What a plugin's archive says of itself, read before any class of it is loaded. PF4J would start a plugin without an
 * index, or with the SPI's classes inside, and answer with an empty list.
 *
 * @param id its {@code Plugin-Id}
 * @param version its {@code Plugin-Version}
 * @param requires its {@code Plugin-Requires}; empty: any
 * @param extensions the classes that its index names
 */
record Archive(String id, String version, String requires, List<String> extensions) {
    private static final String INDEX = "META-INF/extensions.idx";
    private static final Pattern OURS =
            Pattern.compile("(?:META-INF/versions/[0-9]+/)?(?:io/daypass/plugin|org/pf4j|org/slf4j)/.*\\.class");
    private static final List<String> LOADS_OTHERS = List.of("Class-Path", "Launcher-Agent-Class");

    Archive {
        extensions = List.copyOf(extensions);
    }

    /** Reads an archive. */
    static Archive read(Path file) throws RefusedPluginException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Attributes manifest = manifest(jar);
            checkClasses(jar);
            return new Archive(
                    needed(manifest, "Plugin-Id"),
                    needed(manifest, "Plugin-Version"),
                    text(manifest, "Plugin-Requires"),
                    index(jar));
        } catch (IOException e) {
            throw new RefusedPluginException("it is no readable jar: " + e.getMessage(), e);
        }
    }

    private static Attributes manifest(JarFile jar) throws IOException, RefusedPluginException {
        Manifest manifest = jar.getManifest();
        if (manifest == null) {
            throw new RefusedPluginException("it has no manifest, so no Plugin-Id");
        }
        Attributes attributes = manifest.getMainAttributes();
        for (String name : LOADS_OTHERS) {
            if (!text(attributes, name).isEmpty()) {
                throw new RefusedPluginException(
                        "its manifest has " + name + ", which loads code that no pin covers: shade what it needs");
            }
        }
        return attributes;
    }

    private static void checkClasses(JarFile jar) throws RefusedPluginException {
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            if (OURS.matcher(entry.getName()).matches()) {
                throw new RefusedPluginException("it carries " + entry.getName()
                        + ", which the broker has: give plugin-api and slf4j the scope provided");
            }
        }
    }

    private static String needed(Attributes manifest, String name) throws RefusedPluginException {
        String value = text(manifest, name);
        if (value.isEmpty()) {
            throw new RefusedPluginException("its manifest has no " + name);
        }
        return value;
    }

    private static String text(Attributes manifest, String name) {
        String value = manifest.getValue(name);
        return value == null ? "" : value.strip();
    }

    private static List<String> index(JarFile jar) throws IOException, RefusedPluginException {
        JarEntry entry = jar.getJarEntry(INDEX);
        if (entry == null) {
            throw new RefusedPluginException("it has no " + INDEX
                    + ": name PF4J as annotation processor, or newer compilers" + " write none and say nothing");
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
            List<String> classes = lines.lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (classes.isEmpty()) {
                throw new RefusedPluginException("its " + INDEX + " names no class: it adds nothing");
            }
            return classes;
        }
    }
}
