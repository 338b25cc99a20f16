package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code server --dev}: what it leaves for the command line, and what it leaves behind. */
class DevServerIT {
    @TempDir
    private Path directory;

    private Path temporary;
    private URI address;

    @BeforeEach
    void choose() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        address = URI.create("http://127.0.0.1:" + BrokerProcess.freePort());
    }

    @Test
    void context_isThereWhileItRuns() throws IOException {
        Path context = temporary.resolve("daypass/contexts/dev.json");
        try (BrokerProcess server = server().start()) {
            Await.until(Duration.ofSeconds(20), server::log, () -> Files.exists(context));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(context)));
            assertTrue(Files.readString(context).contains(address.toString()));
            server.stop();
        }
        assertFalse(Files.exists(context));
        assertEquals(List.of(), folders());
    }

    @Test
    void context_thatCannotBeWritten_isDoneWithout() throws IOException {
        Files.writeString(temporary.resolve("daypass"), "in the way");
        try (BrokerProcess server = server().start()) {
            Await.until(
                    Duration.ofSeconds(20),
                    server::log,
                    () -> server.log().contains("export DAYPASS_ADDR and DAYPASS_TOKEN"));
            assertEquals(143, server.stop());
        }
        assertEquals(List.of(), folders());
    }

    @Test
    void foldersOfAKilledOne_areClearedByTheNext() throws IOException {
        try (BrokerProcess server = server().start()) {
            server.kill();
            List<Path> left = folders();
            assertEquals(2, left.size(), left::toString);
            server.start();
            assertEquals(List.of(), left.stream().filter(Files::exists).toList());
        }
        assertEquals(List.of(), folders());
    }

    @Test
    @ExtendWith(World.Extension.class)
    void leases_endWithIt_sinceNobodyCouldEndThemLater(World world) throws IOException, SQLException {
        Shop shop = world.shop();
        try (BrokerProcess server = server("--dev-root-token-id=root").start()) {
            DatabaseMount mount = DatabaseMount.of(Api.at(address).as("root"), shop);
            String user = mount.creds().ok().data().path("username").asText();
            assertTrue(shop.knows(user));
            server.stop();
            assertFalse(shop.knows(user));
        }
    }

    @Test
    @ExtendWith(World.Extension.class)
    void leases_thatCannotBeEnded_areNamedAsItStops(World world) throws IOException, SQLException {
        try (Relay relay = new Relay(world.shop().server().port());
                BrokerProcess server = server("--dev-root-token-id=root").start()) {
            DatabaseMount mount = DatabaseMount.of(Api.at(address).as("root"), world.shop(), relay);
            mount.creds().ok();
            relay.refuse();
            relay.cut();
            server.stop();
            assertTrue(server.log().contains("not ended, and this broker will not come back"), server.log());
            assertTrue(server.log().contains(mount.path() + "/creds/reader"), server.log());
        }
    }

    private BrokerProcess server(String... more) {
        return new BrokerProcess(
                Assembly.installation(),
                directory,
                Api.at(address),
                Stream.concat(Stream.of("--dev", "--dev-listen-address=" + address.getAuthority()), Stream.of(more))
                        .toList());
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(each -> String.valueOf(each.getFileName()).matches("daypass-(dev|plugins)-.*"))
                    .toList();
        }
    }
}
