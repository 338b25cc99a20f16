package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing secret is stored or logged: every secret that a broker gave away is looked for wherever it writes. */
@ExtendWith(World.Extension.class)
@Order(Integer.MAX_VALUE)
final class RedactionIT {
    @Test
    void secrets_ofTheWholeSuite_areNowhere(World world) throws Exception {
        RunningBroker broker = world.broker();
        Secrets secrets = broker.secrets();
        DatabaseMount mount = DatabaseMount.of(broker.root(), world.shop());
        secrets.add(mount.shop().password());
        Answer lease = mount.creds().ok();
        rotate(broker, mount);
        broker.with("default").read("auth/token/lookup-self").ok();
        Answer wrong = broker.root()
                .write(mount.path() + "/config/shop", Map.of("username", "nobody", "password", "a-wrong-password-1"));
        secrets.add("a-wrong-password-1");
        assertEquals("", secrets.foundIn(wrong.errors() + wrong.warnings()));
        Answer shown = broker.root().read(mount.path() + "/config/shop");
        assertFalse(shown.body().toString().contains(mount.shop().password()));
        broker.root()
                .write("auth/token/create", Map.of("policies", "no such list {"))
                .body();
        assertTrue(secrets.count() > 3);

        assertEquals(List.of(), broker.leaks());
        assertEquals("", secrets.foundIn(metrics(broker.root())), "in the metrics");
        assertEquals("", secrets.foundIn(threads(broker)), "in a thread dump");
        try (Events events = new Events(broker.root(), 0)) {
            mount.revoke(lease);
            Await.until(
                    Duration.ofSeconds(10),
                    "events",
                    () -> events.lines().stream().anyMatch(line -> line.contains("lease.ended")));
            assertEquals("", secrets.foundIn(String.join("\n", events.lines())), "in the events");
        }
        String rows =
                broker.root().read("sys/leases/query?limit=1000").ok().body().toString();
        assertEquals("", secrets.foundIn(rows), "in the lease table");
    }

    /** Passwords that nobody but the broker knows, and one that is read and then replaced. */
    private static void rotate(RunningBroker broker, DatabaseMount mount) throws Exception {
        String user = mount.shop().name() + "_static";
        RotationTarget.of(mount.shop()).make(user);
        broker.root()
                .write(
                        mount.path() + "/static-roles/app",
                        Map.of("db_name", "shop", "username", user, "rotation_period", "24h"))
                .ok();
        String first =
                broker.root().read(mount.path() + "/static-creds/app").ok().data("password");
        broker.secrets().add(first);
        broker.root().put(mount.path() + "/rotate-role/app", Map.of()).ok();
        broker.secrets()
                .add(broker.root().read(mount.path() + "/static-creds/app").ok().data("password"));
        broker.root().put(mount.path() + "/rotate-root/shop", Map.of()).ok();
        String shown = broker.root()
                .read(mount.path() + "/static-roles/app")
                .ok()
                .body()
                .toString();
        assertEquals("", broker.secrets().foundIn(shown), "in a static role");
    }

    @Test
    void eye_findsASecretThatWasWritten(World world) throws Exception {
        Secrets secrets = new Secrets();
        secrets.add("seeded-secret-1");
        assertTrue(secrets.foundIn("x seeded-secret-1 y").startsWith("seed"));
        Path directory = world.newDirectory();
        Files.writeString(directory.resolve("log"), "password=seeded-secret-1", StandardCharsets.UTF_8);
        assertFalse(secrets.foundIn(Files.readString(directory.resolve("log"))).isEmpty());
    }

    @Test
    void audit_hasOneLineARequestAndOneAnAnswer_withSecretsHashed(World world) throws IOException {
        RunningBroker broker = world.broker();
        long before = lines(broker).size();
        DatabaseMount mount = DatabaseMount.of(broker.root(), shop(world));
        Answer lease = mount.creds().ok();
        List<String> written = lines(broker).subList((int) before, lines(broker).size());
        assertTrue(written.stream().anyMatch(line -> line.contains(mount.path() + "/creds/reader")));
        assertTrue(written.stream().anyMatch(line -> line.contains("hmac-sha256:")), "secrets are there as MACs");
        mount.revoke(lease);
    }

    private static Shop shop(World world) {
        try {
            return world.shop();
        } catch (Exception unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    private static List<String> lines(RunningBroker broker) throws IOException {
        return Files.readAllLines(broker.config().audit());
    }

    private static String metrics(Api api) {
        return api.exchange(
                        api.request("sys/metrics?format=prometheus").GET().build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String threads(RunningBroker broker) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(broker.process().pid()),
                "Thread.print",
                "-l"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String dump = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), dump);
        assertTrue(dump.contains("vert.x-eventloop"), dump);
        return dump;
    }
}
