package io.daypass.dist;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.embedded.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The demo's steps, in order. Each says what is seen, and whether it held. */
final class Story {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration OWN = Duration.ofSeconds(3);
    private static final Duration LATE = Duration.ofSeconds(1);

    private final Stage stage;
    private final Narrator narrator;
    private final Api api;
    private final Shop shop;

    Story(Stage stage, Narrator narrator) {
        this.stage = stage;
        this.narrator = narrator;
        this.api = stage.api();
        this.shop = stage.shop();
    }

    void tell() {
        Answer lease = tell("A lease is asked for, and used", this::ask);
        if (lease != null) {
            tell("It is renewed", () -> renew(lease));
        }
        tell("A second lease is revoked while its session is open", this::revoke);
        tell("A short lease is left alone", this::expire);
        tell("A certificate opens an SSH server, until it is revoked", new SshChapter(stage, narrator)::play);
        tell(
                "A key that signs sessions is rotated, and one that leaked is thrown out",
                new KeysChapter(api, narrator)::play);
        tell("The broker is killed (-9) between minting and answering", this::kill);
        tell("What is written down", this::show);
    }

    private interface Step<T> {
        T play() throws Exception;
    }

    private interface Act {
        void play() throws Exception;
    }

    private <T> @Nullable T tell(String title, Step<T> step) {
        narrator.chapter(title);
        try {
            return step.play();
        } catch (Exception unexpected) {
            narrator.broke("unexpected: " + unexpected.getMessage());
            return null;
        }
    }

    private void tell(String title, Act act) {
        tell(title, () -> {
            act.play();
            return title;
        });
    }

    private Answer ask() throws SQLException {
        Instant asked = Instant.now();
        Answer lease = api.read("database/creds/reader").ok();
        narrator.say("GET /v1/database/creds/reader");
        narrator.holds("user " + lease.data("username") + " for " + lease.leaseSeconds() + " s, and a password of "
                + lease.data("password").length() + " characters (" + since(asked) + ")");
        narrator.aside("lease " + lease.leaseId());
        try (Connection session = shop.login(lease)) {
            narrator.check(Shop.read(session) == 3, "it logs in and reads the table goods: 3 rows");
            narrator.check(
                    refusedTo(session, "INSERT INTO goods VALUES ('gold', 0)"), "and can do no more than its group");
        }
        return lease;
    }

    private void renew(Answer lease) throws SQLException {
        String user = lease.data("username");
        Instant before = shop.validUntil(user).orElseThrow();
        Answer renewed = api.put("sys/leases/renew", Map.of("lease_id", lease.leaseId(), "increment", "2h"))
                .ok();
        Instant after = shop.validUntil(user).orElseThrow();
        narrator.say("PUT /v1/sys/leases/renew, increment 2h: " + renewed.leaseSeconds() + " s from now");
        narrator.say("PostgreSQL: VALID UNTIL was " + before + ", is " + after);
        narrator.check(
                Duration.between(before, after).toMinutes() >= 59 && renewed.leaseSeconds() > 7100,
                "it ends later, for the broker and for PostgreSQL");
    }

    private void revoke() throws SQLException {
        Answer lease = api.read("database/creds/reader").ok();
        try (Connection session = shop.login(lease)) {
            CompletableFuture<Seen> fate = CompletableFuture.supplyAsync(() -> run(session, "SELECT pg_sleep(30)"));
            narrator.say("its user is in the middle of SELECT pg_sleep(30)");
            Await.until(SOON, "the session runs", () -> sessions(lease) == 1);
            Instant asked = Instant.now();
            Answer revoked = api.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()));
            narrator.check(
                    revoked.status() == 204, "PUT /v1/sys/leases/revoke: " + revoked + " (" + since(asked) + ")");
            Seen seen = fate.join();
            narrator.check(
                    seen.state().equals("57P01"),
                    "the session died " + Narrator.time(Duration.between(asked, seen.at())) + " after: " + seen);
        }
        Seen refused = login(lease);
        narrator.check(refused.state().startsWith("28"), "the next login is refused: " + refused);
        narrator.check(!shop.knows(lease.data("username")), "PostgreSQL knows no such user any more");
    }

    private void expire() throws SQLException {
        Instant asked = Instant.now();
        Answer lease = api.read("database/creds/reader?ttl=3s").ok();
        String user = lease.data("username");
        narrator.say("GET /v1/database/creds/reader?ttl=3s: user " + user + " for " + lease.leaseSeconds() + " s");
        try (Connection session = shop.login(lease)) {
            narrator.holds("it logs in: " + Shop.read(session) + " rows");
        }
        Duration most = OWN.plus(Stage.SLACK).plus(LATE);
        Await.within(most.plus(SOON), () -> !shop.knows(user));
        Duration lived = Duration.between(asked, Instant.now());
        narrator.check(
                lived.compareTo(OWN) > 0 && lived.compareTo(most) < 0 && !shop.knows(user),
                "gone from PostgreSQL " + Narrator.time(lived) + " after it was asked for: " + Narrator.time(OWN)
                        + " of its own, " + Narrator.time(Stage.SLACK) + " of slack, and less than "
                        + Narrator.time(LATE));
        Seen refused = login(lease);
        narrator.check(refused.state().startsWith("28"), "its next login is refused: " + refused);
    }

    private void kill() throws SQLException {
        SortedSet<String> before = shop.users();
        stage.relay().holdAnswersTo("CREATE ROLE");
        Instant asked = Instant.now();
        CompletableFuture<Answer> asking = api.readLater("database/creds/reader");
        narrator.say("a relay holds back what PostgreSQL answers; a lease is asked for");
        Await.until(SOON, "PostgreSQL has made the user", () -> shop.users().size() > before.size());
        SortedSet<String> made = shop.users();
        made.removeAll(before);
        String user = made.first();
        narrator.say("PostgreSQL has made user " + user + " (" + since(asked) + "); nobody has its password");
        stage.broker().kill();
        narrator.holds("kill -9: the client sees " + whatIsSeen(asking));
        stage.relay().release();
        Instant restarted = Instant.now();
        stage.broker().start();
        narrator.holds("the broker is back, process " + stage.broker().pid() + " (" + since(restarted) + ")");
        JsonNode pending = row("pending");
        JsonNode row = pending.isMissingNode() ? row("revoking") : pending;
        narrator.check(
                !row.isMissingNode(),
                "the lease had been written down before the user was made: number "
                        + row.path("number").asText() + ", " + row.path("state").asText() + ", due "
                        + seconds(row.path("due_time")));
        Await.within(Stage.MINT_DEADLINE.plus(SOON), () -> !shop.knows(user));
        Duration lived = Duration.between(asked, Instant.now());
        narrator.check(
                !shop.knows(user) && lived.compareTo(Stage.MINT_DEADLINE) >= 0,
                "gone from PostgreSQL " + Narrator.time(lived) + " after it was asked for: its mint deadline of "
                        + Narrator.time(Stage.MINT_DEADLINE) + " has passed");
        Await.within(SOON, () -> !lastError(row("revoking")).isEmpty());
        String waiting = lastError(row("revoking"));
        narrator.check(waiting.contains("to be sure"), "its row waits: " + waiting);
    }

    private void show() {
        JsonNode leases = api.read("sys/leases/query").ok().data().path("leases");
        narrator.say(String.format("%6s  %-9s %-24s %-22s %s", "number", "state", "path", "due", "holder"));
        for (JsonNode lease : leases) {
            narrator.say(String.format(
                    "%6s  %-9s %-24s %-22s %s",
                    lease.path("number").asText(),
                    lease.path("state").asText(),
                    lease.path("path").asText(),
                    lease.path("due_time").isNull() ? "never" : seconds(lease.path("due_time")),
                    lease.path("holder").asText()));
        }
        narrator.say("");
        narrator.say("the last events:");
        Events.last(api, 12)
                .forEach(event -> narrator.say(String.format(
                        "%s  %-15s number %s  %s",
                        seconds(event.path("time")),
                        event.path("type").asText(),
                        event.path("number").asText(),
                        event.path("detail").asText(""))));
        narrator.check(leases.size() >= 2, "a lease that lives, one that waits, and no others of the database's");
    }

    /** What came of something that PostgreSQL was asked: its SQLSTATE, what it said, and when. */
    private record Seen(String state, String text, Instant at) {
        @Override
        public String toString() {
            return state + " " + text;
        }
    }

    private static Seen run(Connection session, String sql) {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
            return new Seen("00000", "it went through", Instant.now());
        } catch (SQLException error) {
            return seen(error);
        }
    }

    private Seen login(Answer lease) {
        try (Connection session = shop.login(lease)) {
            return new Seen(
                    "00000", "it is logged in as " + session.getMetaData().getUserName(), Instant.now());
        } catch (SQLException error) {
            return seen(error);
        }
    }

    private static Seen seen(SQLException error) {
        return new Seen(String.valueOf(error.getSQLState()), String.valueOf(error.getMessage()), Instant.now());
    }

    private static boolean refusedTo(Connection session, String sql) {
        return run(session, sql).state().equals("42501");
    }

    private int sessions(Answer lease) throws SQLException {
        try (Connection connection = shop.server().superuser(shop.name());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                        + " AND usename = '" + lease.data("username") + "'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private JsonNode row(String state) {
        return api.read("sys/leases/query?prefix=database&state=" + state)
                .ok()
                .data()
                .path("leases")
                .path(0);
    }

    private static String lastError(JsonNode row) {
        return row.path("last_error").asText("");
    }

    private static String whatIsSeen(CompletableFuture<Answer> asking) {
        return asking.handle((answer, failure) -> failure == null ? "an answer: " + answer : "no answer")
                .join();
    }

    private static String seconds(JsonNode time) {
        return time.asText().replaceFirst("\\.\\d+Z$", "Z");
    }

    private static String since(Instant then) {
        return Narrator.time(Duration.between(then, Instant.now()));
    }
}
