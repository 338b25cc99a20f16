package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.daypass.embedded.Await;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The event loops never block: seen in their stacks while a child broker works, and the eye is tested first. */
@ExtendWith(World.Extension.class)
final class EventLoopIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LOOKING = Duration.ofSeconds(8);

    @TempDir
    Path directory;

    @Test
    void waitingForAFuture_isSeen() {
        CompletableFuture<String> never = new CompletableFuture<>();
        assertSeen(
                "waits in",
                vertx -> never.orTimeout(2, TimeUnit.SECONDS)
                        .exceptionally(late -> "")
                        .join());
    }

    @Test
    void waitingForALock_isSeen() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try {
            assertSeen("waits in", vertx -> {
                lock.lock();
                lock.unlock();
            });
        } finally {
            lock.unlock();
        }
    }

    @Test
    void readingAFile_isSeen() {
        AtomicBoolean going = new AtomicBoolean(true);
        try {
            assertSeen("touches a file", vertx -> {
                while (going.get()) {
                    Files.exists(directory.resolve("x"));
                    directory.toFile().exists();
                    assertTrue(Files.isDirectory(directory));
                }
            });
        } finally {
            going.set(false);
        }
    }

    @Test
    void broker_underLoad_neverBlocksALoop(World world) throws Exception {
        RunningBroker broker = world.broker();
        DatabaseMount mount = DatabaseMount.of(broker.root(), world.shop());
        mount.roleOf(
                        "quick",
                        String.valueOf(mount.shop().role("shop", "1h", "1h").get("creation_statements")),
                        Map.of("scram_iterations", 1))
                .ok();
        load(broker, mount, 20);
        VirtualMachine machine =
                VirtualMachine.attach(Long.toString(broker.process().pid()));
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                    beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            BlockedLoops loops = new BlockedLoops();
            CompletableFuture<Void> working = CompletableFuture.runAsync(() -> load(broker, mount, Integer.MAX_VALUE));
            Await.within(LOOKING, () -> {
                loops.look(threads);
                return working.isDone();
            });
            working.join();
            assertTrue(loops.stacks() > 100, "only " + loops.stacks() + " stacks were seen");
            assertEquals(
                    Map.of(),
                    loops.found(),
                    () -> String.join("\n", loops.found().values()));
        } finally {
            machine.detach();
        }
        mount.settles(Duration.ofSeconds(30));
    }

    /** Everything that a request can do: issue, look up, renew, revoke, list, configure, be refused, make tokens. */
    private static void load(RunningBroker broker, DatabaseMount mount, int rounds) {
        long end = System.nanoTime() + LOOKING.minusSeconds(2).toNanos();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> all = IntStream.range(0, 4)
                .mapToObj(client -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < rounds && System.nanoTime() - end < 0; i++) {
                                round(broker, mount);
                            }
                        },
                        clients))
                .toList();
        all.forEach(CompletableFuture::join);
        clients.shutdown();
    }

    private static void round(RunningBroker broker, DatabaseMount mount) {
        Api root = broker.root();
        Answer lease = root.read(mount.path() + "/creds/quick?ttl=10m").ok();
        root.put("sys/leases/lookup", Map.of("lease_id", lease.leaseId())).ok();
        root.put("sys/leases/renew", Map.of("lease_id", lease.leaseId(), "increment", "20m"))
                .ok();
        Api token = broker.with("default");
        token.read("auth/token/lookup-self").ok();
        assertEquals(403, token.read(mount.path() + "/creds/quick").status());
        root.write("auth/token/revoke", Map.of("token", token.token())).ok();
        root.list(mount.path() + "/roles").ok();
        root.read("sys/leases/query?limit=10&prefix=" + mount.path()).ok();
        root.read("sys/mounts").ok();
        root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
    }

    private static void assertSeen(String what, Consumer<Vertx> blocking) {
        Vertx vertx = Vertx.vertx();
        try {
            BlockedLoops loops = new BlockedLoops();
            vertx.runOnContext(now -> blocking.accept(vertx));
            Await.until(SOON, () -> "seen: " + loops.found(), () -> {
                loops.look(ManagementFactory.getThreadMXBean());
                return loops.found().keySet().stream().anyMatch(found -> found.contains(what));
            });
        } finally {
            vertx.close();
        }
    }
}
