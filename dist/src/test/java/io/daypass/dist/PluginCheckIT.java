package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypass plugin check} of what a Maven build is not needed for. */
class PluginCheckIT {
    private static final String ENGINE = """
            public class Odd implements io.daypass.plugin.Engine {
                public String type() { return "odd"; }
                public void open(io.daypass.plugin.Mount mount) { %s }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void check_ofWhatEndsTheJvm_isWrong_andSaysSo() throws Exception {
        Programs.Result result = check(jar("System.exit(0);"));
        assertEquals(1, result.status(), result::toString);
        assertTrue(result.output().contains("before there was a verdict"), result::toString);
    }

    @Test
    void check_ofWhatDeclaresNothing_isRight() throws Exception {
        assertEquals(0, check(jar("")).status());
    }

    @Test
    void check_ofAFolder_namesTheJar() throws Exception {
        Programs.Result result = check(folder);
        assertEquals(64, result.status(), result::toString);
        assertTrue(result.output().contains("is a folder"), result::toString);
    }

    private Programs.Result check(Path archive) throws IOException, InterruptedException {
        String launcher = Assembly.installation().home().resolve("bin/daypass").toString();
        return Programs.run(folder, "bash", List.of(launcher, "plugin", "check", archive.toString()));
    }

    private Path jar(String open) throws Exception {
        Path source = Files.writeString(folder.resolve("Odd.java"), ENGINE.formatted(open));
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "--release",
                                "17",
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString()));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", "odd");
        manifest.getMainAttributes().putValue("Plugin-Version", "1.0.0");
        Path jar = folder.resolve("odd.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            add(out, "Odd.class", Files.readAllBytes(folder.resolve("Odd.class")));
            add(out, "META-INF/extensions.idx", "Odd\n".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
