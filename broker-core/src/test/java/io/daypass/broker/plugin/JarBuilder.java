package io.daypass.broker.plugin;

import io.daypass.config.PluginPin;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds a plugin's archive: right, unless it is told to do something wrong. */
public final class JarBuilder {
    private final Path folder;
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Set<String> withheld = new HashSet<>();

    /** @param folder where it is built */
    public JarBuilder(Path folder) {
        this.folder = folder;
        manifest.put("Plugin-Id", "sample");
        manifest.put("Plugin-Version", "1.2.3");
        manifest.put("Plugin-Requires", ">=1.0.0");
        files.put("META-INF/extensions.idx", "sample.SampleEngine # ours\n");
        engine("public SampleEngine() {}");
    }

    /** The engine's members beside those that the SPI wants. */
    public JarBuilder engine(String members) {
        return source("sample.SampleEngine", """
                package sample;

                public class SampleEngine implements io.daypass.plugin.Engine {
                    %s

                    @Override
                    public String type() {
                        return "sample";
                    }

                    @Override
                    public void open(io.daypass.plugin.Mount mount) {}
                }
                """.formatted(members));
    }

    /** A class of it. */
    public JarBuilder source(String name, String text) {
        sources.put(name, text);
        return this;
    }

    /** A line of its manifest. */
    public JarBuilder manifest(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    JarBuilder withoutManifest(String name) {
        manifest.remove(name);
        return this;
    }

    /** A file in it. */
    public JarBuilder file(String name, String text) {
        files.put(name, text);
        return this;
    }

    /** Leaves a file out. */
    public JarBuilder withoutFile(String name) {
        files.remove(name);
        return this;
    }

    /** Leaves a class out that it was compiled with. */
    JarBuilder withoutClass(String name) {
        withheld.add(name);
        return this;
    }

    /** Builds it. */
    public Path build(String name) throws IOException {
        Path classes = Files.createDirectory(folder.resolve(name + "-classes"));
        compile(classes);
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, attributes());
                Stream<Path> compiled = Files.walk(classes)) {
            List<Path> all = compiled.filter(Files::isRegularFile).toList();
            for (Path each : all) {
                String entry = classes.relativize(each).toString();
                if (!withheld.contains(entry)) {
                    add(zip, entry, Files.readAllBytes(each));
                }
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                add(zip, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** Leaves what it is made of in a folder, as a build does before it makes an archive. */
    public Path classes(Path into) throws IOException {
        Files.createDirectories(into);
        compile(into);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path to = into.resolve(file.getKey());
            Files.createDirectories(to.getParent());
            Files.writeString(to, file.getValue());
        }
        return into;
    }

    private Manifest attributes() {
        Manifest made = new Manifest();
        made.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.forEach(made.getMainAttributes()::putValue);
        return made;
    }

    private static void add(JarOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new JarEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new Source(name, text)));
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        if (!compiler.getTask(null, null, null, options, null, units).call()) {
            throw new IllegalArgumentException("the sample does not compile");
        }
    }

    /** The pin of an archive as it is now. */
    public static PluginPin pin(Path jar) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            return new PluginPin(jar, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
