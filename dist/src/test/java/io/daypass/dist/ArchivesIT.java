package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives of loaded classes that the launcher makes, with the JVM that reads them. */
class ArchivesIT {
    private static final String OF_THE_ARCHIVE = "shared objects file (top)";

    @TempDir
    private Path folder;

    private Path daypass;

    /** The assembly, in a place that can be written to. */
    @BeforeEach
    void install() throws IOException {
        Path home = Assembly.installation().home();
        Path bin = Files.createDirectories(folder.resolve("app/bin"));
        daypass = Files.copy(home.resolve("bin/daypass"), bin.resolve("daypass"));
        Path lib = Files.createDirectory(folder.resolve("app/lib"));
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, lib.resolve(String.valueOf(jar.getFileName())));
            }
        }
    }

    @Test
    void prepared_commandAndServerTakeTheirClassesFromIt() throws Exception {
        assertFalse(loaded("version").contains(OF_THE_ARCHIVE));
        assertEquals("", run(Map.of(), "prepare"));
        String version = loaded("version");
        assertTrue(version.contains("io.daypass.cli.Main source: " + OF_THE_ARCHIVE), version);
        assertTrue(loaded("server", "--none").contains("io.daypass.broker.Main source: " + OF_THE_ARCHIVE));
    }

    @Test
    void archiveThatDoesNotFit_isDoneWithoutInSilence() throws Exception {
        run(Map.of(), "prepare");
        String plain = run(Map.of(), "version");
        try (Stream<Path> archives = Files.list(folder.resolve("app/archives"))) {
            for (Path archive : archives.toList()) {
                Files.delete(archive);
                Files.writeString(archive, "no archive");
            }
        }
        assertEquals(plain, run(Map.of(), "version"));
        assertTrue(plain.startsWith("daypass "), plain);
    }

    /** Which classes a command loads, and from where. */
    private String loaded(String... arguments) throws Exception {
        Path log = folder.resolve("classes.log");
        run(Map.of("DAYPASS_JAVA_OPTS", "-Xlog:class+load:file=" + log), arguments);
        return Files.readString(log);
    }

    /** What a command says. */
    private String run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", daypass.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DAYPASS_"));
        builder.environment().put("DAYPASS_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it goes on");
        return Files.readString(out);
    }
}
