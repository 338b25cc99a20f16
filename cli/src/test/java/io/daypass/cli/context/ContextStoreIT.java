package io.daypass.cli.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextStoreIT {
    @TempDir
    private Path home;

    private ContextStore store;

    @BeforeEach
    void open() {
        store = new ContextStore(home.resolve("daypass"));
    }

    @Test
    void save_isForTheOwnerAlone() throws IOException {
        save("prod");
        assertEquals("rw-------", permissions(store.file("prod")));
        assertEquals("rwx------", permissions(home.resolve("daypass/contexts")));
        assertEquals("rwx------", permissions(home.resolve("daypass")));
        save("prod");
        try (Stream<Path> files = Files.list(home.resolve("daypass/contexts"))) {
            assertEquals(1, files.count(), "no draft is left");
        }
    }

    @Test
    void find_readsWhatWasSaved() {
        store.save(new Context("prod", "https://h:1", "PEM", Secret.of("s.t"), 7));
        Context found = store.find("prod").orElseThrow();
        assertEquals("https://h:1", found.address());
        assertEquals("PEM", found.authority());
        assertEquals("s.t", found.bearer() == null ? "" : found.bearer().reveal());
        assertEquals(7, found.pid());
        assertEquals(Optional.empty(), store.find("other"));
    }

    @Test
    void find_link_isNotFollowed() throws IOException {
        save("prod");
        Files.createSymbolicLink(store.file("sly"), store.file("prod"));
        assertTrue(fails("sly").text().contains("is a link"));
        Files.move(home.resolve("daypass/contexts"), home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("daypass/contexts"), home.resolve("elsewhere"));
        assertTrue(fails("prod").text().contains("is a link"));
    }

    @Test
    void find_thatOthersMayRead_isRefused() throws IOException {
        save("prod");
        Files.setPosixFilePermissions(store.file("prod"), PosixFilePermissions.fromString("rw-r--r--"));
        Failure failure = fails("prod");
        assertEquals(Exit.LOCAL, failure.exit());
        assertTrue(failure.text().contains("may be used by others (rw-r--r--)"), failure.text());
    }

    @Test
    void find_thatIsNoJson_doesNotRepeatIt() throws IOException {
        save("prod");
        Files.writeString(store.file("prod"), "{\"token\": \"s.secret\", ");
        Failure failure = fails("prod");
        assertTrue(!failure.text().contains("s.secret") && failure.getCause() == null, failure.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", ".hidden", "Prod", "a b", "-x"})
    void find_name_mustBePlain(String name) {
        assertEquals(Exit.USAGE, fails(name).exit());
    }

    @Test
    void names_areInOrderAndOnlyContexts() throws IOException {
        assertEquals(List.of(), store.names());
        save("b");
        save("a");
        Files.writeString(home.resolve("daypass/contexts/notes.txt"), "");
        Files.writeString(home.resolve("daypass/contexts/.x.json"), "");
        assertEquals(List.of("a", "b"), store.names());
    }

    private void save(String name) {
        store.save(new Context(name, "https://h:1", null, null, 0));
    }

    private Failure fails(String name) {
        return assertThrows(Failure.class, () -> store.find(name));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
