package io.daypass.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.broker.mount.Bench;
import io.daypass.broker.mount.MountConfig;
import io.daypass.broker.mount.MountTerms;
import io.daypass.broker.mount.lane.LaneLimits;
import io.daypass.lease.Cause;
import io.daypass.lease.Terms;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that is built again and again while what it has leased is in use. */
@Timeout(120)
class ReloadsIT {
    private static final int RELOADS = 100;
    private static final int LOOK_MILLIS = 100;
    private static final int LOOKS = 50;

    @TempDir
    Path folder;

    private Path build;
    private Plugins plugins;
    private Bench bench;
    private Reloads reloads;
    private Instant now = Instant.EPOCH;
    private int builds;

    // Everything is set before each test.
    @SuppressWarnings("NullAway.Init")
    ReloadsIT() {}

    @BeforeEach
    void begin() throws IOException {
        System.clearProperty(LeasingSample.REVOKED_BY);
        build = folder.resolve("sample").resolve("target").resolve("classes");
        plugins = Plugins.load(List.of(), new Rehearsal(Duration.ofSeconds(2)));
        bench = new Bench(
                plugins,
                InstantSource.system(),
                Terms.DEFAULT,
                new MountTerms(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofHours(24),
                        Duration.ofHours(48),
                        new LaneLimits(2, 4, 4)));
        reloads = new Reloads(List.of(build), plugins, version -> bench.mounts().reopen(version));
        make(new LeasingSample());
        reloads.begin();
        Bench.await(bench.mounts().enable("sample/", "sample", "", MountConfig.NONE));
        bench.write("sample/roles/reader", "{}");
    }

    @AfterEach
    void end() throws SQLException {
        bench.close();
        plugins.close();
    }

    /** Builds another version, in the same folder. */
    private void make(LeasingSample sample) throws IOException {
        make(new JarBuilder(folder).source("sample.SampleEngine", sample.source()));
    }

    private void make(JarBuilder jar) throws IOException {
        jar.file("META-INF/build", String.valueOf(builds++)).classes(build);
    }

    /** Lets the time pass in which nothing is written any more. */
    private void look() {
        reloads.look(now);
        now = now.plus(BuildFolder.STILL);
        reloads.look(now);
    }

    private JsonNode issue() {
        return Objects.requireNonNull(bench.write("sample/creds/reader", "{}").data());
    }

    private String version() {
        return issue().path("version").asText();
    }

    private List<String> refusals() {
        return plugins.refused().stream().map(RefusedPlugin::why).toList();
    }

    private void assertTheOldOneGoesOn(String why) {
        look();
        assertEquals(1, refusals().size());
        assertTrue(refusals().get(0).contains(why), refusals().get(0));
        assertEquals("one", version());
    }

    @Test
    void reload_servesTheNewCode_keepsLeases_andEndsThemWithIt() throws IOException {
        String name = issue().path("name").asText();
        make(new LeasingSample().version("two"));
        look();
        assertEquals(List.of(), refusals());
        assertEquals("two", version());
        assertNotNull(System.getProperty(name), "what the version before has made");
        bench.leases().forEach(lease -> Bench.await(bench.store().leases().revoke(lease.n(), Cause.REVOKED)));
        bench.reapUntil(() -> bench.leases().isEmpty());
        assertNull(System.getProperty(name));
        assertEquals("two", System.getProperty(LeasingSample.REVOKED_BY));
    }

    @Test
    void reload_aHundredTimes_leavesAtMostOneClassLoader() throws IOException, InterruptedException {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        for (int i = 0; i < RELOADS; i++) {
            loaders.add(new WeakReference<>(loader(), collected));
            Files.writeString(build.resolve("META-INF").resolve("build"), "again " + i);
            look();
            issue();
        }
        assertEquals(List.of(), refusals());
        assertFalse(loaders.get(RELOADS - 1).refersTo(loader()), "nothing was loaded anew");
        for (int i = 0; i < LOOKS && held(loaders) > 1; i++) {
            System.gc();
            collected.remove(LOOK_MILLIS);
        }
        assertTrue(held(loaders) <= 1, () -> held(loaders) + " class loaders are held by something");
        assertEquals(RELOADS, bench.leases().size());
    }

    private ClassLoader loader() {
        return plugins.make("sample").orElseThrow().getClass().getClassLoader();
    }

    private static long held(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(each -> !each.refersTo(null)).count();
    }

    @Test
    void look_whileABuildIsUnderWay_waitsForItsEnd() throws IOException {
        make(new LeasingSample().version("two"));
        reloads.look(now);
        now = now.plus(BuildFolder.STILL.minusMillis(1));
        reloads.look(now);
        assertEquals("one", version(), "while it may still be written");
        make(new LeasingSample().version("three"));
        now = now.plusMillis(1);
        reloads.look(now);
        assertEquals("one", version(), "since it has changed again");
        look();
        assertEquals("three", version());
    }

    @Test
    void reload_ofHalfABuild_leavesTheOldOne_untilItIsWhole() throws IOException {
        Files.delete(build.resolve("sample").resolve("SampleEngine.class"));
        assertTheOldOneGoesOn("sample.SampleEngine, which isn't in it");
        make(new LeasingSample().version("two"));
        look();
        assertEquals("two", version());
        assertEquals(List.of(), refusals());
    }

    @Test
    void reload_ofATruncatedClass_leavesTheOldOne() throws IOException {
        Path file = build.resolve("sample").resolve("SampleEngine.class");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertTheOldOneGoesOn("can't be loaded");
    }

    @Test
    void reload_ofACleanedFolder_changesNothing() throws IOException {
        Files.delete(build.resolve("META-INF").resolve("extensions.idx"));
        assertTheOldOneGoesOn("there is neither a jar nor META-INF/extensions.idx");
    }

    @Test
    void reload_withoutAKindThatIsLive_isRefused_untilItHasEnded() throws IOException {
        issue();
        make(new LeasingSample().version("two").kind("key2"));
        assertTheOldOneGoesOn("no leases of the kind key any more");
        bench.leases().forEach(lease -> Bench.await(bench.store().leases().revoke(lease.n(), Cause.REVOKED)));
        bench.reapUntil(() -> bench.leases().isEmpty());
        assertEquals("one", System.getProperty(LeasingSample.REVOKED_BY));
        make(new LeasingSample().version("two").kind("key2"));
        look();
        assertEquals("two", version());
    }

    @Test
    void reload_thatCantReadLiveHandles_isRefused() throws IOException {
        issue();
        make(new LeasingSample().version("two").keyWithMore());
        assertTheOldOneGoesOn("can't read the handles");
    }

    @Test
    void reload_thatCantReadEntries_isRefused() throws IOException {
        make(new LeasingSample().version("two").roleWithMore());
        assertTheOldOneGoesOn("can't read what is stored at sample/");
    }

    @Test
    void reload_withoutAnEngineThatIsMounted_isRefused() throws IOException {
        make(new JarBuilder(folder)
                .source("sample.SampleEngine", new LeasingSample().source().replace("\"sample\"", "\"other\"")));
        assertTheOldOneGoesOn("no engine of the type sample any more, which is mounted at sample/");
    }

    @Test
    void reload_thatCantBeMounted_isRefused() throws IOException {
        make(new LeasingSample().version("two").inOpen("mount.leases(\"key\", Key.class, this::revoke);"));
        assertTheOldOneGoesOn("can't be mounted at sample/");
    }

    @Test
    void reload_ofWhatHangsInOpen_isRefused_sayingWhere() throws IOException {
        make(new LeasingSample()
                .version("two")
                .inOpen("try { synchronized (this) { wait(); } } catch (InterruptedException e) {}"));
        assertTheOldOneGoesOn("but is at sample.SampleEngine.open(");
    }

    @Test
    void reload_ofWhatLeavesAThread_isRefused_namingIt() throws IOException {
        make(
                new LeasingSample()
                        .version("two")
                        .inOpen(
                                "Thread left = new Thread(() -> { synchronized (this) { try { wait(); }"
                                        + " catch (InterruptedException e) {} } }, \"left-behind\"); left.setDaemon(true); left.start();"));
        assertTheOldOneGoesOn("left-behind");
    }

    @Test
    void reload_ofAConnector_isSeenByMountsThatAskedForSuch() throws IOException {
        assertEquals(0, found());
        make(new JarBuilder(folder)
                .source(
                        "sample.SampleEngine",
                        new LeasingSample().version("two").source())
                .source("sample.Connector", CONNECTOR)
                .file("META-INF/extensions.idx", "sample.SampleEngine\nsample.Connector\n"));
        look();
        assertEquals(List.of(), refusals());
        assertEquals(1, found());
    }

    private int found() {
        return Objects.requireNonNull(bench.read("sample/found").data())
                .path("connectors")
                .asInt();
    }

    private static final String CONNECTOR = """
            package sample;

            import io.daypass.plugin.database.*;
            import java.util.List;

            public class Connector implements DatabaseConnector {
                public List<String> names() { return List.of("sample-plugin"); }
                public int longestName() { return 63; }
                public Endpoint endpoint(DatabaseConfig config) { throw new IllegalStateException(); }
                public List<String> check(Creation creation, List<String> renewal, Removal removal) {
                    return List.of();
                }
                public void checkRotation(String field, List<String> statements) {}
                public boolean needsConfiguredLogin(Creation creation) { return false; }
                public Database open(DatabaseConfig config, Sources sources) { throw new IllegalStateException(); }
            }
            """;
}
