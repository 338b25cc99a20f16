package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daypass.embedded.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The disk that everything is kept on is full: a small file system of its own, where we may mount one. */
@ExtendWith(World.Extension.class)
final class DiskFullIT {
    private static final Duration MOST = Duration.ofSeconds(60);

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount(World world) throws IOException, InterruptedException {
        disk = world.newDirectory();
        mounted = runs("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        // Where every test must run, one that can't is a failure.
        assertTrue(mounted || !"true".equals(System.getenv("CI")), "a small file system can't be mounted here");
        assumeTrue(mounted, "skipped: mounting a small file system is root's alone, and not allowed here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            assertTrue(runs("umount", disk.toString()));
        }
    }

    @Test
    void full_refusesWhatItCantWriteDown_andServesAgainWhenThereIsRoom(World world) throws Exception {
        try (RunningBroker broker = start()) {
            DatabaseMount mount = DatabaseMount.of(broker.root(), world.shop());
            Answer lease = mount.creds().ok();
            Path filler = fill();
            Answer refused = untilRefused(mount::creds);
            assertTrue(refused.status() >= 500, refused::toString);
            assertTrue(broker.process().isAlive());
            Files.delete(filler);
            Await.until(MOST, "leases are to be had again", () -> mount.creds().isOk());
            mount.revoke(lease);
            mount.api()
                    .put("sys/leases/revoke-prefix/" + mount.path(), Map.of())
                    .ok();
            mount.settles(MOST);
            assertTrue(mount.shop().users().isEmpty());
        }
    }

    @Test
    void full_refusesToStart_andSaysSo(World world) throws Exception {
        Path file;
        try (RunningBroker broker = start()) {
            file = broker.directory().resolve("daypass.yaml");
        }
        fill();
        BrokerProcess again = new BrokerProcess(
                Assembly.installation(),
                world.newDirectory(),
                Api.at(URI.create("http://127.0.0.1:1")),
                List.of("-config", file.toString()));
        assertNotEquals(0, again.startAndWait(MOST));
        String said = again.log();
        assertTrue(said.contains("full") || said.contains("space"), said);
        assertEquals(-1, said.indexOf("\tat "), said);
    }

    private RunningBroker start() throws IOException {
        return RunningBroker.start(Files.createDirectory(disk.resolve("broker")), World.Limits::quick);
    }

    private static Answer untilRefused(Supplier<Answer> attempt) {
        for (int i = 0; i < 200; i++) {
            Answer answer = attempt.get();
            if (!answer.isOk()) {
                return answer;
            }
        }
        throw new AssertionError("leases are given although nothing can be written any more");
    }

    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
