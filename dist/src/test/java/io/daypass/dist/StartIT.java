package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a broker refuses to start on, and how it says so; and how it stops. */
@ExtendWith(World.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StartIT {
    private static final Duration MOST = Duration.ofSeconds(60);

    private Path initialised;

    @BeforeAll
    void initialise(World world) throws IOException {
        try (RunningBroker broker = world.newBroker(World.Limits::quick)) {
            initialised = broker.directory();
        }
    }

    @Test
    void secondBroker_onTheSameData_isRefused(World world) throws Exception {
        try (RunningBroker first = world.newBroker(World.Limits::quick)) {
            Path directory = world.newDirectory();
            BrokerConfig config = new BrokerConfig(directory, BrokerProcess.freePort());
            String text = Files.readString(config.write())
                    .replace(config.data().toString(), first.config().data().toString())
                    .replace(
                            config.keyFile().toString(),
                            first.config().keyFile().toString());
            Files.writeString(directory.resolve("daypass.yaml"), text);
            String said = refusal(directory);
            assertTrue(said.contains(first.config().data().toString()), said);
            assertTrue(first.root().read("sys/health").isOk());
        }
    }

    @Test
    void keyFile_missing_isSaid_withWhatToDo(World world) throws Exception {
        Path directory = stopped(world);
        Files.delete(directory.resolve("seal.key"));
        String said = refusal(directory);
        assertTrue(said.contains("seal.key") && said.contains("bring that file back"), said);
    }

    @Test
    void keyFile_thatOthersMayRead_isSaid_withWhatToDo(World world) throws Exception {
        Path directory = stopped(world);
        Files.setPosixFilePermissions(directory.resolve("seal.key"), PosixFilePermissions.fromString("rw-r--r--"));
        String said = refusal(directory);
        assertTrue(said.contains("chmod 600"), said);
    }

    @Test
    void keyFile_thatIsALink_isRefused(World world) throws Exception {
        Path directory = stopped(world);
        Files.move(directory.resolve("seal.key"), directory.resolve("real.key"));
        Files.createSymbolicLink(directory.resolve("seal.key"), directory.resolve("real.key"));
        assertTrue(refusal(directory).contains("link"));
    }

    @Test
    void keyFile_ofAnotherBroker_isSaid(World world) throws Exception {
        Path directory = stopped(world);
        Files.writeString(directory.resolve("seal.key"), "ab".repeat(32) + "\n");
        String said = refusal(directory);
        assertTrue(said.contains("key file " + directory.resolve("seal.key")), said);
        assertTrue(said.contains("bring the right one back"), said);
    }

    @Test
    void databaseHeader_unreadable_isSaid(World world) throws Exception {
        Path directory = stopped(world);
        Path database = database(directory);
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            file.write(new byte[100]);
        }
        assertTrue(refusal(directory).contains(database.getFileName().toString()));
    }

    @Test
    void databaseWithoutItsMeta_isSaid(World world) throws Exception {
        Path directory = stopped(world);
        Path database = database(directory);
        Files.write(database, "this was never a database".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        assertTrue(refusal(directory).contains(directory.resolve("data").toString()));
    }

    @Test
    void unknownKey_isNamed_withItsLineAndTheNearestOne(World world) throws Exception {
        Path directory = world.newDirectory();
        Path file = new BrokerConfig(directory, BrokerProcess.freePort())
                .limit("mint_dedline", "5s")
                .write();
        String said = refusal(directory);
        long line = Files.readString(file)
                        .lines()
                        .takeWhile(each -> !each.contains("mint_dedline"))
                        .count()
                + 1;
        assertTrue(said.contains("mint_dedline") && said.contains("mint_deadline"), said);
        assertTrue(said.contains(":" + line) || said.contains("line " + line), said);
    }

    @Test
    void metricsAddress_thatIsTaken_isNamed(World world) throws Exception {
        Path directory = world.newDirectory();
        Path file = new BrokerConfig(directory, BrokerProcess.freePort()).write();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Files.writeString(file, Files.readString(file) + "metrics:\n  address: " + address + "\n");
            String said = refusal(directory);
            assertTrue(said.contains(address) && said.contains("metrics.address"), said);
        }
    }

    @Test
    void plainHttp_onAnAddressThatOthersReach_isRefused(World world) throws Exception {
        Path directory = world.newDirectory();
        BrokerConfig config = new BrokerConfig(directory, BrokerProcess.freePort());
        Files.writeString(config.write(), Files.readString(config.write()).replace("127.0.0.1:", "0.0.0.0:"));
        assertTrue(refusal(directory).contains("tls"));
    }

    @Test
    void alteredPlugin_isRefusedAlone_andTheRestRuns(World world) throws Exception {
        Path directory = world.newDirectory();
        Path home = directory.resolve("home");
        Files.createDirectory(home);
        copy(Assembly.installation().home(), home);
        Files.write(home.resolve("plugins/postgresql.jar"), new byte[] {0}, StandardOpenOption.APPEND);
        BrokerConfig config = new BrokerConfig(directory, BrokerProcess.freePort());
        Path file = config.write();
        Api api = Api.at(config.address());
        try (BrokerProcess broker =
                new BrokerProcess(new Installation(home), directory, api, List.of("-config", file.toString()))) {
            broker.start();
            Api root = api.as(
                    api.put("sys/init", Map.of()).ok().body().path("root_token").asText());
            root.write("sys/mounts/database", Map.of("type", "database")).ok();
            Answer written = root.write(
                    "database/config/shop",
                    Map.of(
                            "plugin_name", "postgresql-database-plugin",
                            "connection_url", "postgresql://{{username}}:{{password}}@127.0.0.1:1/x",
                            "username", "u",
                            "password", "p"));
            assertEquals(400, written.status(), written::toString);
            assertTrue(broker.log().contains("postgresql"), broker.log());
            assertTrue(broker.log().toLowerCase(Locale.ROOT).contains("sha-256"), broker.log());
        }
    }

    @Test
    void stop_endsCleanly_andStartsAgainWithAllThatWasThere(World world) throws Exception {
        try (RunningBroker broker = world.newBroker(World.Limits::quick)) {
            DatabaseMount mount = DatabaseMount.of(broker.root(), world.shop());
            Answer lease = mount.creds().ok();
            int exit = broker.process().stop();
            assertTrue(exit == 0 || exit == 143, "exit code " + exit);
            try (Stream<Path> files = Files.list(broker.config().data())) {
                assertTrue(
                        files.noneMatch(file -> file.toString().endsWith("-wal")),
                        "the write-ahead log is folded into the database");
            }
            broker.process().start();
            assertEquals(
                    200,
                    mount.api()
                            .put("sys/leases/lookup", Map.of("lease_id", lease.leaseId()))
                            .status());
            mount.revoke(lease);
            mount.settles(MOST);
        }
    }

    @Test
    void stop_finishesWhatIsUnderWay(World world) throws Exception {
        try (RunningBroker broker = world.newBroker(World.Limits::quick)) {
            Shop shop = world.shop();
            try (Relay relay = new Relay(shop.server().port())) {
                DatabaseMount mount = DatabaseMount.of(broker.root(), shop, relay);
                mount.creds().ok();
                relay.holdAnswersTo("CREATE ROLE");
                CompletableFuture<Answer> asking = mount.api().readLater(mount.path() + "/creds/reader");
                Await.until(MOST, "the user is there", () -> shop.users().size() == 2);
                Thread stopping = new Thread(() -> broker.process().stop(), "stopping");
                stopping.start();
                Await.until(MOST, "nothing new is taken", () -> {
                    try (RawClient client = new RawClient(broker.root())) {
                        return client.ask("GET", "/v1/sys/health").status() == 0;
                    } catch (IOException refused) {
                        return true;
                    }
                });
                relay.release();
                assertEquals(200, asking.join().status());
                stopping.join();
                broker.process().start();
                mount.api()
                        .put("sys/leases/revoke-prefix/" + mount.path(), Map.of())
                        .ok();
                mount.settles(MOST);
            }
        }
    }

    /** The directory of a broker that was initialised and has stopped: a copy, for one test to spoil. */
    private Path stopped(World world) throws IOException {
        Path copy = world.newDirectory();
        copy(initialised, copy);
        Path config = copy.resolve("daypass.yaml");
        Files.writeString(config, Files.readString(config).replace(initialised.toString(), copy.toString()));
        return copy;
    }

    private static Path database(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow(() -> new FileSystemException(directory + " has no database"));
        }
    }

    /** Starts a broker that must refuse, and answers what it said this time. */
    private static String refusal(Path directory) {
        BrokerProcess broker = new BrokerProcess(
                Assembly.installation(),
                directory.resolve("refused"),
                Api.at(URI.create("http://127.0.0.1:1")),
                List.of("-config", directory.resolve("daypass.yaml").toString()));
        assertNotEquals(0, broker.startAndWait(MOST));
        String log = broker.log();
        assertTrue(!log.contains("\tat "), "a stack trace is no help: " + log);
        return log;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
