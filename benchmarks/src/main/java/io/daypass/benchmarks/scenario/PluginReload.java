package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.Bench;
import io.daypass.benchmarks.Scenario;
import io.daypass.benchmarks.measure.Goal;
import io.daypass.benchmarks.measure.Pause;
import io.daypass.benchmarks.measure.Series;
import io.daypass.benchmarks.measure.Unit;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.DevServer;
import io.daypass.benchmarks.process.Installation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * How long it takes a development server to serve with what was just built: from the moment that the build's archive is
 * there to a lease of the new code, with a mount that has leases already.
 */
final class PluginReload implements Scenario {
    private static final String MOUNT = "reloaded";
    private static final String PATH = MOUNT + "/creds/reader";
    private static final int LEASES = 100;
    private static final Duration STEP = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Lines lines = new Lines(name());

    @Override
    public String name() {
        return "plugin-reload";
    }

    @Override
    public String about() {
        return "a plugin that is built anew, to the first lease of the new code, in a development server";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Path build = Files.createDirectories(bench.directory("build").resolve("target"));
        place(bench.installation(), build, 0);
        int reloads = bench.pace().starts();
        Series taken = new Series();
        try (DevServer server = DevServer.start(bench.installation(), bench.directory("server"), build)) {
            Api api = server.api();
            api.write("sys/mounts/" + MOUNT, Map.of("type", "noeffect"));
            api.write(MOUNT + "/roles/reader", Map.of("ttl", "1h", "max_ttl", "2h"));
            for (int i = 0; i < LEASES; i++) {
                api.read(PATH);
            }
            bench.say("building the plugin " + reloads + " times");
            for (int i = 1; i <= reloads; i++) {
                taken.add(reload(bench.installation(), api, build, i));
            }
        }
        String note = "median of " + reloads + " reloads, " + LEASES + " leases live";
        bench.add(lines.of("built to first lease", taken, Unit.SECONDS, Goal.atMost(2), note));
    }

    private static double reload(Installation installation, Api api, Path build, int number) throws IOException {
        String before = hash(api);
        place(installation, build, number);
        long begun = System.nanoTime();
        boolean served = Pause.until(() -> !hash(api).equals(before) && isServed(api), STEP, LONGEST);
        if (!served) {
            throw new IOException("the development server did not load what was built");
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static String hash(Api api) {
        try {
            return api.read("sys/plugins/catalog/secret/noeffect")
                    .at("/data/sha256")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** While mounts change over they turn requests away. */
    private static boolean isServed(Api api) {
        try {
            return api.read(PATH).has("lease_id");
        } catch (IOException turnedAway) {
            return false;
        }
    }

    /** Puts the plugin there as a build does, another each time. */
    private static void place(Installation installation, Path build, int number) throws IOException {
        Path made = build.resolve("plugin.jar.part");
        try (ZipFile from = new ZipFile(installation.plugin().toFile());
                OutputStream file = Files.newOutputStream(made);
                ZipOutputStream to = new ZipOutputStream(file)) {
            Enumeration<? extends ZipEntry> entries = from.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.getInputStream(entry).transferTo(to);
                to.closeEntry();
            }
            to.putNextEntry(new ZipEntry("build-number"));
            to.write(String.valueOf(number).getBytes(StandardCharsets.UTF_8));
            to.closeEntry();
        }
        Files.move(
                made, build.resolve("plugin.jar"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
