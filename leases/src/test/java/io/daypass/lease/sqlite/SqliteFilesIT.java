package io.daypass.lease.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Await;
import io.daypass.lease.Cause;
import io.daypass.lease.Claimed;
import io.daypass.lease.Draft;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseState;
import io.daypass.lease.SettableClock;
import io.daypass.lease.StoreException;
import io.daypass.lease.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.JDBC;

/** What the store makes of files: its own, those of others, damaged ones, and what a crash leaves. */
class SqliteFilesIT {
    private static final Settings SETTINGS =
            Settings.DEFAULT.portions(StoreUnderTest.PORTION, StoreUnderTest.CHILD_PORTION, StoreUnderTest.BLOCK);

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void name() {
        directory = temporary.resolve("data #1?");
    }

    private StoreUnderTest open() {
        return new StoreUnderTest(clock -> SqliteStore.open(directory, clock, SETTINGS));
    }

    private String refusal() {
        return String.valueOf(assertThrows(StoreException.class, () -> SqliteStore.open(directory, new SettableClock()))
                .getMessage());
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = JDBC.createConnection(
                        "jdbc:sqlite:" + directory.resolve("daypass.db").toUri(), new Properties());
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Test
    void open_makesADirectoryAndFilesForNobodyElse() throws IOException {
        try (StoreUnderTest table = open()) {
            table.begin(Draft.lease(table.next()));
            assertEquals("rwx------", permissions(directory));
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    assertEquals("rw-------", permissions(file), file.toString());
                }
            }
        }
    }

    @Test
    void open_ofADirectoryInUse_isRefused_untilItIsClosed() {
        try (StoreUnderTest first = open()) {
            first.begin(Draft.lease(first.next()));
            assertTrue(refusal().contains("another broker is running on this data directory"));
        }
        open().close();
    }

    @Test
    void open_ofAFileThatOthersMayRead_isRefused() throws IOException {
        open().close();
        Files.setPosixFilePermissions(directory.resolve("daypass.db"), PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(refusal().contains("chmod 600"));
        Files.setPosixFilePermissions(directory.resolve("daypass.db"), PosixFilePermissions.fromString("rw-------"));
        open().close();
    }

    @Test
    void open_ofADirectoryThatOthersMayWrite_isRefused() throws IOException {
        open().close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertTrue(refusal().contains("chmod 700"));
    }

    @Test
    void open_ofALink_isRefused() throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(directory.resolve("daypass.db"), temporary.resolve("elsewhere"));
        assertTrue(refusal().contains("is not a regular file"));
    }

    @Test
    void open_ofAnUnreadableHeader_isRefused() throws IOException {
        open().close();
        Files.writeString(directory.resolve("daypass.db"), "this was a database once ".repeat(2000));
        assertTrue(refusal().contains("its header is unreadable"), refusal());
    }

    @Test
    void open_ofATornFile_isRefused() throws IOException {
        open().close();
        byte[] bytes = Files.readAllBytes(directory.resolve("daypass.db"));
        byte[] torn = bytes.clone();
        Arrays.fill(torn, 100, torn.length, (byte) 7);
        Files.write(directory.resolve("daypass.db"), torn);
        assertTrue(refusal().contains("restore a backup"), refusal());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void open_ofAnOlderVersion_bringsItUpToDate(int version) throws SQLException {
        open().close();
        sql("drop table past", "drop index lease_serial", "alter table lease drop column issuer");
        if (version == 1) {
            sql("drop table listed");
            for (String column : List.of("cause", "serial", "listed_until", "lingers_until")) {
                sql("alter table lease drop column " + column);
            }
        }
        sql("pragma user_version = " + version);
        try (StoreUnderTest again = open()) {
            long n = again.active(Draft.lease(again.next()));
            again.revoke(n);
            assertEquals(Cause.REVOKED, again.lease(n).cause());
            assertEquals(0, Await.get(again.leases().listed("m1", "user", again.now())).length);
            again.remove(n);
            assertEquals(
                    Cause.REVOKED,
                    Await.get(again.store().traces().find(n)).orElseThrow().cause());
        }
    }

    @Test
    void open_ofANewerVersion_isRefused() throws SQLException {
        open().close();
        sql("pragma user_version = 99");
        assertTrue(refusal().contains("was written by a newer Daypass (its schema is 99"), refusal());
    }

    @Test
    void open_ofAnotherProgramsDatabase_isRefused() throws SQLException, IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(
                directory.resolve("daypass.db"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        sql("create table something(x)");
        assertTrue(refusal().contains("is a database of another program"), refusal());
    }

    @Test
    void open_withoutCounters_isRefused() throws SQLException {
        open().close();
        sql("delete from counter");
        assertTrue(refusal().contains("lacks its counters"), refusal());
    }

    @Test
    void open_withoutATable_isRefused() throws SQLException {
        open().close();
        sql("drop table outbox");
        assertTrue(refusal().contains("outbox"), refusal());
    }

    @Test
    void crash_keepsWhatWasAnswered_andNumbersGoOn() throws IOException {
        try (StoreUnderTest table = open()) {
            long parent = table.issue(Draft.token(table.next()));
            long last = 0;
            for (int i = 0; i < 3 * StoreUnderTest.CHILD_PORTION; i++) {
                last = table.active(Draft.lease(table.next()).under(parent));
            }
            List<Long> before = table.list(LeaseFilter.ALL);
            int events = table.events().size();
            Path copy = copy();
            try (StoreUnderTest after = new StoreUnderTest(clock -> SqliteStore.open(copy, clock, SETTINGS))) {
                assertEquals(before, after.list(LeaseFilter.ALL));
                assertEquals(events, after.events().size());
                assertEquals(before.size() - 1, after.count(LeaseFilter.childrenOf(parent)));
                assertTrue(after.next() > last);
                after.revoke(parent);
                assertEquals(
                        before.size() - 1L,
                        Await.get(after.leases().revoke(LeaseFilter.childrenOf(parent), Cause.PARENT)));
            }
        }
    }

    @Test
    void crash_inTheMiddleOfManyChanges_leavesWholeCommits() throws IOException {
        try (StoreUnderTest table = open()) {
            long parent = table.issue(Draft.token(table.next()));
            for (int i = 0; i < 300; i++) {
                table.leases().begin(Draft.lease(table.next()).under(parent).at(table.now()));
            }
            Path copy = copy();
            try (StoreUnderTest after = new StoreUnderTest(clock -> SqliteStore.open(copy, clock, SETTINGS))) {
                List<Long> rows = after.list(LeaseFilter.childrenOf(parent));
                for (long n : rows) {
                    assertEquals(List.of("BEGUN"), after.told(n));
                }
                assertEquals(rows.size() + 1, after.events().size());
            }
        }
    }

    @Test
    void rowsThatCantBeRead_stayDueAndVisible_andHarmNothingElse() throws SQLException {
        long bad;
        long worse;
        long good;
        try (StoreUnderTest table = open()) {
            bad = table.active(Draft.lease(table.next()).lasting(Duration.ofMinutes(1)));
            worse = table.active(Draft.lease(table.next()).lasting(Duration.ofMinutes(1)));
            good = table.active(Draft.lease(table.next()).lasting(Duration.ofMinutes(1)));
        }
        sql("update lease set state = 9 where n = " + bad, "update lease set source = 77 where n = " + worse);
        try (StoreUnderTest table = open()) {
            table.advance(Duration.ofMinutes(2));
            assertEquals(List.of(bad, worse, good), table.list(LeaseFilter.ALL));
            assertEquals(
                    "this row can't be read: there is no state 9",
                    table.lease(bad).lastError());
            assertEquals(
                    "this row can't be read: there is no source 77",
                    table.lease(worse).lastError());
            assertEquals(LeaseState.REVOKING, table.lease(bad).state());
            Claimed claimed = table.claim(Draft.LANE);
            assertEquals(List.of(good), claimed.leases().stream().map(Lease::n).toList());
            assertEquals(
                    table.now().plus(Duration.ofMinutes(5)), table.lease(bad).dueAt());
            assertEquals(1, table.lease(bad).attempts());
            assertEquals(List.of(), table.claimed(Draft.LANE));
            Await.get(table.leases().revoke(LeaseFilter.ALL, Cause.REVOKED));
            assertTrue(table.remove(good));
            assertTrue(Await.failure(table.leases().revoke(worse, Cause.REVOKED)) instanceof StoreException);
            table.advance(Duration.ofMinutes(5));
            assertEquals(
                    Map.of(Draft.LANE, table.now()), Await.get(table.leases().due()));
        }
    }

    @Test
    void eventsThatCantBeRead_areLeftOut() throws SQLException {
        try (StoreUnderTest table = open()) {
            for (int i = 0; i < 3; i++) {
                table.begin(Draft.lease(table.next()));
            }
        }
        sql("update outbox set type = 99 where cursor = 2");
        try (StoreUnderTest table = open()) {
            assertEquals(
                    List.of(1L, 3L),
                    table.events().stream().map(event -> event.cursor()).toList());
            assertEquals(3L, Await.get(table.store().outbox().newest()));
        }
    }

    @Test
    void outbox_keepsItsBounds_andTheNewest() {
        try (StoreUnderTest table =
                new StoreUnderTest(clock -> SqliteStore.open(directory, clock, Settings.DEFAULT.keeping(500)))) {
            for (int i = 0; i < 2000; i++) {
                table.begin(Draft.lease(table.next()));
            }
            int kept = table.events().size();
            assertTrue(kept >= 500 && kept < 1100, kept + " events are kept");
            assertEquals(2000L, Await.get(table.store().outbox().newest()));
            table.advance(Duration.ofDays(8));
            for (int i = 0; i < 600; i++) {
                table.begin(Draft.lease(table.next()));
            }
            assertTrue(Await.get(table.store().outbox().oldest()) > 2000L);
        }
    }

    private Path copy() throws IOException {
        Path copy = Files.createTempDirectory(temporary, "crashed");
        // The WAL first: what is checkpointed meanwhile is then in both.
        for (String name : List.of("daypass.db-wal", "daypass.db")) {
            Path to = copy.resolve(name);
            Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(to, Files.readAllBytes(directory.resolve(name)), StandardOpenOption.WRITE);
        }
        return copy;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
