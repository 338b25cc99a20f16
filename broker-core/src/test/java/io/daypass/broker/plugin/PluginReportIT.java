package io.daypass.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.mount.bind.Binder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of archives, right and wrong ones, before a broker loads them. */
@Timeout(120)
class PluginReportIT {
    private static final String CONTRACT = "7";

    @TempDir
    Path folder;

    private JarBuilder jar;

    @BeforeEach
    void begin() {
        jar = new JarBuilder(folder).manifest("Plugin-Contract", CONTRACT);
    }

    private PluginReport report() throws IOException {
        return report(jar.build("sample.jar"));
    }

    private static PluginReport report(Path file) throws IOException {
        return PluginReport.of(file, CONTRACT, PluginReportIT::unfit, new Rehearsal(Duration.ofSeconds(2)));
    }

    private static String unfit(Class<?> type) {
        try {
            new Binder<>(type.asSubclass(Record.class));
            return "";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void assertProblem(String why) throws IOException {
        PluginReport report = report();
        assertFalse(report.isRight());
        assertTrue(report.problems().toString().contains(why), report.problems().toString());
    }

    @Test
    void ofARightOne_saysWhatItAddsAndServes() throws IOException {
        jar.source("sample.SampleEngine", new LeasingSample().source());
        PluginReport report = report();
        assertEquals(List.of(), report.problems());
        assertEquals(List.of(), report.remarks());
        assertEquals("sample", report.id());
        assertEquals("1.2.3", report.version());
        assertEquals(">=1.0.0", report.requires());
        assertEquals(CONTRACT, report.contract());
        assertEquals(JarBuilder.pin(folder.resolve("sample.jar")).sha256(), report.sha256());
        assertEquals(List.of("secret sample"), report.adds());
        assertEquals(
                Map.of("sample", List.of("roles/{role} (entries)", "creds/{role} (leases)", "found (read)")),
                report.serves());
    }

    @Test
    void ofSeveralFaults_saysThemAll() throws IOException {
        jar.withoutManifest("Plugin-Id")
                .manifest("Plugin-Requires", ">=2.0.0")
                .manifest("Class-Path", "other.jar")
                .withoutFile("META-INF/extensions.idx")
                .file("org/slf4j/Logger.class", "x")
                .file("lib/driver.jar", "x");
        assertEquals(6, report().problems().size());
    }

    @Test
    void ofOneWithoutContractAndRange_remarksIt() throws IOException {
        jar.withoutManifest("Plugin-Contract").withoutManifest("Plugin-Requires");
        PluginReport report = report();
        assertTrue(report.isRight());
        assertEquals(2, report.remarks().size());
    }

    @Test
    void ofOneThatWasTriedWithAnotherContract_remarksIt() throws IOException {
        jar.manifest("Plugin-Contract", "6");
        assertTrue(report().remarks().get(0).contains("version 6, which now is 7"));
    }

    @Test
    void ofAComponentThatCantBeBound_saysSo() throws IOException {
        jar.source(
                "sample.SampleEngine",
                new LeasingSample()
                        .source()
                        .replace("public record Found(int connectors)", "public record Found(float connectors)"));
        assertProblem("it can't be mounted");
    }

    @Test
    void ofAClassOfALaterJava_saysSo() throws IOException {
        Path file = jar.build("sample.jar");
        Path later = folder.resolve("later.jar");
        Files.copy(file, later);
        byte[] header = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 99, 0, 0};
        assertTrue(addedTo(later, "sample/Later.class", header)
                .problems()
                .toString()
                .contains("compiled for Java 55"));
    }

    private static PluginReport addedTo(Path file, String name, byte[] bytes) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.write(zip.getPath(name), bytes);
        }
        return report(file);
    }

    @Test
    void ofWhatHangs_saysWhere_andComesBack() throws IOException {
        jar.engine("public SampleEngine() throws Exception { synchronized (this) { wait(); } }");
        assertProblem("sample.SampleEngine.<init>(");
    }

    @Test
    void ofNoZip_saysSo() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "no zip at all");
        assertTrue(report(text).problems().get(0).startsWith("it is no readable jar"));
        Path cut = jar.build("cut.jar");
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertTrue(report(cut).problems().get(0).startsWith("it is no readable jar"));
    }

    @Test
    void ofABomb_saysSo_withoutUnpackingIt() throws IOException {
        Path bomb = folder.resolve("bomb.jar");
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(bomb);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("META-INF/extensions.idx"));
            for (int mebibytes = 0; mebibytes <= 600; mebibytes++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        assertTrue(Files.size(bomb) < 1 << 20);
        assertTrue(report(bomb).problems().toString().contains("unpacked it is larger than 512 MiB"));
    }
}
