package io.daypass.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.config.PluginPin;
import io.daypass.plugin.Engine;
import io.daypass.plugin.database.DatabaseConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsIT {
    @TempDir
    Path folder;

    private JarBuilder jar;

    @BeforeEach
    void begin() {
        jar = new JarBuilder(folder);
    }

    private PluginPin built(String name) throws IOException {
        return JarBuilder.pin(jar.build(name));
    }

    private static String refused(PluginPin... pins) {
        try (Plugins plugins = Plugins.load(Arrays.asList(pins))) {
            assertEquals(1, plugins.refused().size(), plugins.refused().toString());
            String why = plugins.refused().get(0).why();
            assertEquals(1, why.lines().count());
            return why;
        }
    }

    private void assertRefused(String why) throws IOException {
        String told = refused(built("sample.jar"));
        assertTrue(told.contains(why), told);
    }

    @Test
    void load_ofARightPlugin_givesItsEngine() throws IOException {
        PluginPin pin = built("sample.jar");
        try (Plugins plugins = Plugins.load(List.of(pin))) {
            assertEquals(List.of(), plugins.refused());
            assertEquals(Set.of("sample"), plugins.types());
            Engine engine = plugins.make("sample").orElseThrow();
            assertEquals("sample", engine.type());
            assertNotSame(engine, plugins.make("sample").orElseThrow());
            assertEquals(List.of(new PluginInfo("secret", "sample", "1.2.3", pin.sha256())), plugins.catalog());
            assertTrue(plugins.make("other").isEmpty());
            assertEquals(List.of(), plugins.extensions(DatabaseConnector.class));
        }
    }

    @Test
    void plugin_seesTheSpiAndThePlatform_butNothingElseOfTheBroker() throws IOException {
        jar.engine("""
                public SampleEngine() throws Exception {
                    ClassLoader loader = getClass().getClassLoader();
                    loader.loadClass("java.sql.Connection");
                    loader.loadClass("org.slf4j.Logger");
                    for (String hidden : new String[] {
                        "com.fasterxml.jackson.databind.ObjectMapper",
                        "io.daypass.broker.plugin.Plugins",
                        "io.vertx.core.Vertx"
                    }) {
                        try {
                            loader.loadClass(hidden);
                        } catch (ClassNotFoundException expected) {
                            continue;
                        }
                        throw new IllegalStateException(hidden);
                    }
                    if (loader.getResource("logback.xml") != null
                            || loader.getResources("META-INF/services/java.sql.Driver").hasMoreElements()) {
                        throw new IllegalStateException("resources");
                    }
                    if (Thread.currentThread().getContextClassLoader() != loader) {
                        throw new IllegalStateException("context");
                    }
                }
                """);
        try (Plugins plugins = Plugins.load(List.of(built("sample.jar")))) {
            assertEquals(List.of(), plugins.refused());
        }
    }

    @Test
    void load_ofAnAlteredArchive_isRefused() throws IOException {
        PluginPin pin = built("sample.jar");
        Files.write(pin.file(), new byte[] {0}, StandardOpenOption.APPEND);
        assertTrue(refused(pin).contains("but " + pin.sha256() + " is pinned"));
    }

    @Test
    void load_ofAMissingArchive_isRefused() {
        assertTrue(refused(new PluginPin(folder.resolve("none.jar"), "0".repeat(64)))
                .startsWith("it can't be read"));
    }

    @Test
    void load_ofWhatIsNoJar_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertTrue(refused(JarBuilder.pin(file)).startsWith("it is no readable jar"));
    }

    @Test
    void load_ofWhatOthersMayWrite_isRefused() throws IOException {
        PluginPin pin = built("sample.jar");
        Files.setPosixFilePermissions(pin.file(), PosixFilePermissions.fromString("rw-rw-r--"));
        assertTrue(refused(pin).contains("sample.jar may be written by its group or by others"));
    }

    @Test
    void load_fromAFolderThatOthersMayWrite_isRefused() throws IOException {
        PluginPin pin = built("sample.jar");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertTrue(refused(pin).contains("may be written by its group or by others"));
    }

    @Test
    void load_withoutPluginId_isRefused() throws IOException {
        jar.withoutManifest("Plugin-Id");
        assertRefused("no Plugin-Id");
    }

    @Test
    void load_withoutIndex_isRefused() throws IOException {
        jar.withoutFile("META-INF/extensions.idx");
        assertRefused("no META-INF/extensions.idx");
    }

    @Test
    void load_withAnEmptyIndex_isRefused() throws IOException {
        jar.file("META-INF/extensions.idx", "# nothing\n\n");
        assertRefused("names no class");
    }

    @Test
    void load_withTheSpiInside_isRefused() throws IOException {
        jar.source("io.daypass.plugin.Engine2", "package io.daypass.plugin; public class Engine2 {}");
        assertRefused("carries io/daypass/plugin/Engine2.class");
    }

    @Test
    void load_withSlf4jInside_isRefused_evenForLaterVersionsOfJava() throws IOException {
        jar.file("META-INF/versions/17/org/slf4j/Logger.class", "x");
        assertRefused("carries META-INF/versions/17/org/slf4j/Logger.class");
    }

    @Test
    void load_withPf4jInside_isRefused() throws IOException {
        jar.file("org/pf4j/Plugin.class", "x");
        assertRefused("carries org/pf4j/Plugin.class");
    }

    @Test
    void load_withAClassPath_isRefused() throws IOException {
        jar.manifest("Class-Path", "other.jar");
        assertRefused("Class-Path");
    }

    @Test
    void load_withAnAgent_isRefused() throws IOException {
        jar.manifest("Launcher-Agent-Class", "sample.Agent");
        assertRefused("Launcher-Agent-Class");
    }

    @Test
    void load_ofAnIndexThatNamesAMissingClass_isRefused() throws IOException {
        jar.file("META-INF/extensions.idx", "sample.Missing\n");
        assertRefused("sample.Missing, which isn't in it");
    }

    @Test
    void load_ofAnIndexThatNamesAClassOfNoUse_isRefused() throws IOException {
        jar.source("sample.Other", "package sample; public class Other {}");
        jar.file("META-INF/extensions.idx", "sample.Other\n");
        assertRefused("sample.Other extends nothing that Daypass knows");
    }

    @Test
    void load_ofAnEngineThatThrows_isRefused() throws IOException {
        jar.engine("public SampleEngine() { throw new IllegalStateException(\"not today\\nnor tomorrow\"); }");
        assertRefused("throws IllegalStateException (not today)");
    }

    @Test
    void load_ofAnEngineWhoseClassCantBeInitialised_isRefused() throws IOException {
        jar.engine("static final int N = Integer.parseInt(\"x\");");
        assertRefused("can't be loaded: NumberFormatException");
    }

    @Test
    void load_ofAnEngineWithoutItsConstructor_isRefused() throws IOException {
        jar.engine("public SampleEngine(String needed) {}");
        assertRefused("no public constructor without arguments");
    }

    @Test
    void load_forAnotherSpi_isRefused() throws IOException {
        jar.manifest("Plugin-Requires", ">=2.0.0");
        assertRefused("requires the SPI >=2.0.0, this is 1.0.0");
    }

    @Test
    void load_forAnSpiThatCantBeRead_isRefused() throws IOException {
        jar.manifest("Plugin-Requires", "whatever!");
        assertRefused("Plugin-Requires");
    }

    @Test
    void load_ofAnArchiveThatSaysTwoVersions_isRefused() throws IOException {
        jar.file("META-INF/maven/sample/sample/pom.properties", "artifactId=sample\nversion=1.2.4\n");
        assertRefused("its manifest says that it is version 1.2.3, its pom.properties that it is 1.2.4");
    }

    @Test
    void load_ofAnArchiveWithLibrariesOfOtherVersions_isNoLie() throws IOException {
        jar.file("META-INF/maven/sample/sample/pom.properties", "artifactId=sample\nversion=1.2.3\n")
                .file("META-INF/maven/other/library/pom.properties", "artifactId=library\nversion=9\n");
        try (Plugins plugins = Plugins.load(List.of(built("sample.jar")))) {
            assertEquals(List.of(), plugins.refused());
        }
    }

    @Test
    void load_forAnSpiThatItLiesAbout_isRefused_namingWhatItNeeds() throws IOException {
        jar.source("io.daypass.plugin.OfLater", "package io.daypass.plugin; public class OfLater {}")
                .source("sample.SampleEngine", """
                        package sample;

                        public class SampleEngine implements io.daypass.plugin.Engine {
                            @Override
                            public String type() {
                                return "sample";
                            }

                            @Override
                            public void open(io.daypass.plugin.Mount mount) {
                                new io.daypass.plugin.OfLater();
                            }
                        }
                        """)
                .withoutClass("io/daypass/plugin/OfLater.class");
        assertRefused("io/daypass/plugin/OfLater; its Plugin-Requires says otherwise");
    }

    @Test
    void load_ofWhatHangsInOpen_isRefusedInTime_sayingWhere() throws IOException {
        jar.source("sample.SampleEngine", opening("synchronized (this) { wait(); }"));
        PluginPin pin = built("sample.jar");
        try (Plugins plugins = Plugins.load(List.of(pin), new Rehearsal(Duration.ofMillis(500)))) {
            String why = plugins.refused().get(0).why();
            assertTrue(why.contains("does not return within 0 s but is at sample.SampleEngine.open("), why);
            assertEquals(Set.of(), plugins.types());
        }
    }

    @Test
    void load_ofWhatHangsInItsConstructor_isRefusedInTime() throws IOException {
        jar.engine("public SampleEngine() throws Exception { synchronized (this) { wait(); } }");
        PluginPin pin = built("sample.jar");
        try (Plugins plugins = Plugins.load(List.of(pin), new Rehearsal(Duration.ofMillis(500)))) {
            assertTrue(plugins.refused().get(0).why().contains("sample.SampleEngine.<init>("));
        }
    }

    @Test
    void load_ofWhatThrowsInOpen_isRefused() throws IOException {
        jar.source("sample.SampleEngine", opening("throw new IllegalStateException(\"no gateway\");"));
        assertRefused("the open of sample.SampleEngine throws IllegalStateException (no gateway)");
    }

    @Test
    void load_ofWhatLeavesAThread_isRefused_namingIt() throws IOException {
        jar.source("sample.SampleEngine", opening("""
                Thread left = new Thread(() -> {
                    try {
                        synchronized (this) {
                            wait();
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }, "left-behind");
                left.setDaemon(true);
                left.start();
                """));
        assertRefused("leave threads behind when they are closed: left-behind");
    }

    private static String opening(String statements) {
        return """
                package sample;

                public class SampleEngine implements io.daypass.plugin.Engine {
                    @Override
                    public String type() {
                        return "sample";
                    }

                    @Override
                    public void open(io.daypass.plugin.Mount mount) {
                        try {
                            if (mount != null) {
                                %s
                            }
                        } catch (RuntimeException e) {
                            throw e;
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
                """.formatted(statements);
    }

    @Test
    void load_withAJarInside_isRefused() throws IOException {
        jar.file("lib/driver.jar", "x");
        assertRefused("carries lib/driver.jar, which nothing opens");
    }

    @Test
    void load_withJspecifyInside_isRefused() throws IOException {
        jar.file("org/jspecify/annotations/Nullable.class", "x");
        assertRefused("carries org/jspecify/annotations/Nullable.class");
    }

    @Test
    void replacing_theFileOfALoadedPlugin_changesNothing_untilItIsLoadedAgain() throws IOException {
        PluginPin pin = built("sample.jar");
        try (Plugins plugins = Plugins.load(List.of(pin))) {
            Files.writeString(pin.file(), "another archive");
            assertEquals("sample", plugins.make("sample").orElseThrow().type());
        }
        assertTrue(refused(pin).contains("is pinned: it was altered"));
    }

    @Test
    void load_ofAPluginThatIsBad_letsTheOthersGoOn() throws IOException {
        PluginPin good = built("good.jar");
        jar.manifest("Plugin-Id", "bad").withoutFile("META-INF/extensions.idx");
        PluginPin bad = built("bad.jar");
        jar.manifest("Plugin-Id", "twin").file("META-INF/extensions.idx", "sample.SampleEngine\n");
        PluginPin twin = built("twin.jar");
        try (Plugins plugins = Plugins.load(List.of(bad, good, twin, good))) {
            assertEquals(Set.of("sample"), plugins.types());
            List<String> why =
                    plugins.refused().stream().map(RefusedPlugin::why).toList();
            assertEquals(3, why.size(), why.toString());
            assertTrue(why.get(1).contains("the secret sample is there already"), why.toString());
            assertTrue(why.get(2).contains("the Plugin-Id sample is there already"), why.toString());
        }
    }

    @Test
    void of_builtInEngines_areInTheCatalog() {
        try (Plugins plugins = Plugins.of(Map.of("sample", () -> {
            throw new IllegalStateException("made only when it is mounted");
        }))) {
            assertEquals(Set.of("sample"), plugins.types());
            assertTrue(plugins.catalog().get(0).builtin());
            assertThrows(IllegalStateException.class, () -> plugins.make("sample"));
        }
    }
}
