package io.daypass.broker.mount.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.mount.guard.EngineFailure.Kind;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuardTest {
    private final Guard guard = new Guard("database", GuardTest.class.getClassLoader(), () -> Set.of("kept-in-entry"));

    private EngineFailure failure(Exception thrown) {
        return assertThrows(
                EngineFailure.class,
                () -> guard.call(() -> {
                    throw thrown;
                }));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new Invalid("role", "x"), Kind.INVALID, 400),
                Arguments.of(new Refused("x"), Kind.REFUSED, 400),
                Arguments.of(new Unavailable("x"), Kind.UNAVAILABLE, 502),
                Arguments.of(new IOException("x"), Kind.UNAVAILABLE, 502),
                Arguments.of(new SQLException("x"), Kind.UNAVAILABLE, 502),
                Arguments.of(new SQLTransientException("x"), Kind.UNAVAILABLE, 502),
                Arguments.of(new TimeoutException("x"), Kind.UNAVAILABLE, 502),
                Arguments.of(new InterruptedException("x"), Kind.UNAVAILABLE, 502),
                Arguments.of(new IllegalStateException("x"), Kind.BUG, 500),
                Arguments.of(new NullPointerException(), Kind.BUG, 500));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void call_sortsErrorsByWhoMustAct(Exception thrown, Kind kind, int status) {
        EngineFailure failure = failure(thrown);
        assertEquals(kind, failure.kind());
        assertEquals(status, failure.toAnswer().kind().status());
        assertTrue(failure.text().startsWith("database: "), failure.text());
        assertNull(failure.getCause());
    }

    @Test
    void call_cutsWhatWasRevealed_inEveryForm() {
        String secret = "p@ss w/rd+?";
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        EngineFailure failure = assertThrows(
                EngineFailure.class,
                () -> guard.call(() -> {
                    String text = Secret.of(secret).reveal();
                    throw new Refused(String.join(
                            " | ",
                            text,
                            URLEncoder.encode(text, StandardCharsets.UTF_8),
                            URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"),
                            Base64.getEncoder().encodeToString(bytes),
                            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
                }));
        assertEquals(
                "database: [redacted] | [redacted] | [redacted] | [redacted] | [redacted]",
                failure.text().replace("=", ""));
    }

    @Test
    void call_cutsWhatEntriesKeep() {
        assertEquals(
                "database: login as [redacted] failed",
                failure(new Unavailable("login as kept-in-entry failed")).text());
    }

    @Test
    void call_ofABug_tellsNothing() {
        assertFalse(failure(new IllegalStateException("inside")).text().contains("inside"));
    }

    @Test
    void call_setsTheClassLoader_andPutsItBack() throws IOException {
        try (URLClassLoader own = new URLClassLoader(new URL[0])) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Guard other = new Guard("x", own, Set::of);
            assertSame(own, other.call(() -> Thread.currentThread().getContextClassLoader()));
            assertSame(before, Thread.currentThread().getContextClassLoader());
        }
    }

    @Test
    void draft_mayNotDoWhatBlocks() {
        EngineFailure failure = assertThrows(
                EngineFailure.class,
                () -> guard.draft(() -> {
                    Drafting.refuse("Table.update");
                    return 1;
                }));
        assertEquals(Kind.BUG, failure.kind());
        Drafting.refuse("Table.update");
    }

    @Test
    void scope_endsWithTheCall_alsoWithOneThatThrows() {
        List<String> ended = new ArrayList<>();
        assertThrows(
                EngineFailure.class,
                () -> guard.call(() -> {
                    CallScope scope = CallScope.current();
                    assertNotNull(scope);
                    scope.atEnd(() -> ended.add("over"));
                    throw new IOException("x");
                }));
        assertEquals(List.of("over"), ended);
        assertNull(CallScope.current());
    }
}
