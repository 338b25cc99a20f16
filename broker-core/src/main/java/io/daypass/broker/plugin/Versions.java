package io.daypass.broker.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Whether an archive says the same of its version wherever it says something. */
final class Versions {
    private static final Pattern MAVEN = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

    private Versions() {}

    /**
     * Compares the manifest with what Maven put in.
     *
     * @param id of the plugin; of several artifacts that are inside, the one of that name is its own
     * @param version of the plugin, by its manifest
     */
    static List<String> lies(JarFile jar, String id, String version) throws IOException {
        List<Properties> found = new ArrayList<>();
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            if (MAVEN.matcher(entry.getName()).matches()) {
                found.add(read(jar, entry));
            }
        }
        List<String> lies = new ArrayList<>();
        for (Properties each : found) {
            boolean own = found.size() == 1 || id.equals(each.getProperty("artifactId"));
            String other = each.getProperty("version", version);
            if (own && !version.isEmpty() && !other.equals(version)) {
                lies.add("its manifest says that it is version " + version + ", its pom.properties that it is " + other
                        + ": build it anew, with ${project.version} as Plugin-Version");
            }
        }
        return lies;
    }

    private static Properties read(JarFile jar, JarEntry entry) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(Entries.bytes(jar, entry)));
        } catch (IllegalArgumentException e) {
            throw new IOException(entry.getName() + ": " + e.getMessage(), e);
        }
        return properties;
    }
}
