package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tethered leases, with real processes and real signals. */
class RunIT extends WithFakeBroker {
    private static final String CREDS = "/v1/database/creds/reader";
    private static final String RENEW = "/v1/sys/leases/renew";
    private static final String REVOKE = "/v1/sys/leases/revoke";
    private static final String LOOKUP = "/v1/sys/leases/lookup";

    @BeforeEach
    void serve() {
        broker.on("GET", CREDS, 200, FakeBroker.credentials(30))
                .on("PUT", RENEW, 200, renewed(30))
                .on("PUT", REVOKE, 204, "")
                .on("PUT", LOOKUP, 200, lease("2026-01-02T00:00:00Z"))
                .on("GET", "/v1/auth/token/lookup-self", 200, FakeBroker.envelope("{\"ttl\":0,\"expire_time\":null}"));
    }

    @Test
    void run_givesCredentialsInTheEnvironmentAlone() throws Exception {
        Launched.Ended ended = daypass.with("PGHOSTADDR", "192.0.2.1")
                .run(
                        "run",
                        "--lease",
                        "database/creds/reader",
                        "--env",
                        "APP_USER=username",
                        "--",
                        "sh",
                        "-c",
                        "echo \"$PGUSER $PGPASSWORD $PGHOST $PGPORT $PGDATABASE $PGSSLMODE\";"
                                + " echo \"$APP_USER-$DB_USERNAME-$DB_PASSWORD-$DAYPASS_LEASE_ID-$PGHOSTADDR\";"
                                + " cat /proc/$PPID/cmdline | tr '\\0' ' '");
        assertEquals(0, ended.code(), ended.err());
        List<String> lines = ended.out().lines().toList();
        assertEquals("v-1 s3cr'et 127.0.0.1 5432 shop disable", lines.get(0));
        assertEquals("v-1--s3cr'et-database/creds/reader/abc-", lines.get(1));
        assertFalse(lines.get(2).contains("s3cr"), "not in our own arguments");
        assertEquals(
                "/v1/database/creds/reader?ttl=30s", broker.asked(CREDS).get(0).target());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertTrue(file.getFileName().toString().startsWith("out")
                        || !Files.readString(file).contains("s3cr"));
            }
        }
    }

    @Test
    void run_passesTheExitCodeOnAndRevokesWithinASecond() throws Exception {
        Launched.Ended ended = daypass.run("run", "--lease", "database/creds/reader", "--", "sh", "-c", "exit 37");
        assertEquals(37, ended.code());
        assertEquals(
                "{\"lease_id\":\"database/creds/reader/abc\"}",
                broker.asked(REVOKE).get(0).body());
        long after =
                broker.asked(REVOKE).get(0).nanos() - broker.asked(CREDS).get(0).nanos();
        assertTrue(after < 1_500_000_000L, "start, end and revocation of an empty program took " + after + " ns");
    }

    @Test
    void run_childKilled_is128AndTheSignal() throws Exception {
        assertEquals(
                128 + 9,
                daypass.run("run", "--lease", "database/creds/reader", "--", "sh", "-c", "kill -9 $$")
                        .code());
        assertEquals(1, broker.asked(REVOKE).size());
    }

    @Test
    void run_passesSignalsOn() throws Exception {
        List<String> heard = SignalsHeard.among("TERM", "INT", "HUP");
        for (String signal : heard) {
            Path ready = folder.resolve("ready-" + signal);
            Launched.Running running = daypass.start(
                    "run",
                    "--lease",
                    "database/creds/reader",
                    "--",
                    "sh",
                    "-c",
                    "trap 'echo got " + signal + "; exit 5' " + signal + "; touch " + ready
                            + "; while :; do sleep 0.05; done");
            awaitFile(ready);
            running.signal(signal);
            Launched.Ended ended = running.end();
            assertEquals(5, ended.code(), ended.err());
            assertEquals("got " + signal + "\n", ended.out());
        }
        assertEquals(heard.size(), broker.asked(REVOKE).size());
    }

    @Test
    void run_passesStdinThrough() throws Exception {
        assertEquals(
                "HELLO",
                daypass.run("hello", List.of("run", "--lease", "database/creds/reader", "--", "tr", "a-z", "A-Z"))
                        .out());
    }

    @Test
    void run_killed_leavesTheLeaseToItsEnd() throws Exception {
        Path ready = folder.resolve("ready");
        Launched.Running running = daypass.start(
                "run", "--lease", "database/creds/reader", "--", "sh", "-c", "touch " + ready + "; exec sleep 30");
        awaitFile(ready);
        List<ProcessHandle> children = running.process().descendants().toList();
        running.signal("KILL");
        assertEquals(128 + 9, running.end().code());
        children.forEach(ProcessHandle::destroyForcibly);
        assertTrue(broker.asked(REVOKE).isEmpty());
    }

    @Test
    void run_programThatIsNotThere_givesTheLeaseBack() throws Exception {
        Launched.Ended ended = daypass.run("run", "--lease", "database/creds/reader", "--", "no-such-program");
        assertEquals(1, ended.code());
        assertTrue(ended.err().contains("can't run no-such-program"), ended.err());
        assertEquals(1, broker.asked(REVOKE).size());
    }

    @Test
    void run_renewsThriceInAShortLease() throws Exception {
        broker.on("GET", CREDS, 200, FakeBroker.credentials(3)).on("PUT", RENEW, 200, renewed(3));
        Launched.Running running =
                daypass.start("run", "--lease", "database/creds/reader", "--", "sh", "-c", "exec sleep 30");
        broker.await(asked -> broker.asked(RENEW).size() >= 3);
        long first =
                broker.asked(RENEW).get(0).nanos() - broker.asked(CREDS).get(0).nanos();
        assertTrue(first < 3_000_000_000L, "renewed before its end");
        assertEquals(
                "{\"lease_id\":\"database/creds/reader/abc\",\"increment\":30}",
                broker.asked(RENEW).get(0).body());
        running.signal("TERM");
        assertEquals(128 + 15, running.end().code());
    }

    @Test
    void run_brokerRestarts_livesOn() throws Exception {
        // Renewed after three seconds; six are left to be told that it can't be, and for the broker to come back.
        broker.on("GET", CREDS, 200, FakeBroker.credentials(9)).on("PUT", RENEW, 200, renewed(9));
        AtomicInteger before = new AtomicInteger();
        Launched.Running running =
                daypass.start("run", "--lease", "database/creds/reader", "--", "sh", "-c", "exec sleep 30");
        broker.await(asked -> asked.target().equals(RENEW));
        broker.stop();
        awaitText(running, "can't renew the lease");
        before.set(broker.asked(RENEW).size());
        broker.start();
        broker.await(asked -> broker.asked(RENEW).size() > before.get());
        awaitText(running, "the broker is back; the lease lives on");
        running.signal("TERM");
        Launched.Ended ended = running.end();
        assertEquals(128 + 15, ended.code());
        assertEquals(1, broker.asked(REVOKE).size());
    }

    @Test
    void run_leaseGone_endsTheProgram() throws Exception {
        broker.on("GET", CREDS, 200, FakeBroker.credentials(3))
                .on("PUT", RENEW, 400, "{\"errors\":[\"lease not found\"]}");
        Launched.Ended ended =
                daypass.run("run", "--lease", "database/creds/reader", "--", "sh", "-c", "exec sleep 30");
        assertEquals(128 + 15, ended.code());
        assertTrue(ended.err().contains("the lease is gone: lease not found (400)"), ended.err());
    }

    @Test
    void run_nearItsMaximum_warns() throws Exception {
        broker.on("PUT", LOOKUP, 200, lease("2026-01-01T00:04:00Z"));
        Launched.Running running =
                daypass.start("run", "--lease", "database/creds/reader", "--", "sh", "-c", "exec sleep 30");
        awaitText(running, "this access ends for good in 4m");
        running.signal("TERM");
        running.end();
    }

    @Test
    void run_brokerGoneAtTheEnd_saysThatItEndsByItself() throws Exception {
        Path ready = folder.resolve("ready");
        Launched.Running running = daypass.start(
                "run", "--lease", "database/creds/reader", "--", "sh", "-c", "touch " + ready + "; exec sleep 30");
        awaitFile(ready);
        broker.stop();
        running.signal("TERM");
        Launched.Ended ended = running.end();
        assertEquals(128 + 15, ended.code());
        assertTrue(ended.err().contains("so it ends by itself within 30s"), ended.err());
    }

    @Test
    void run_withoutLease_isWrongUse() throws Exception {
        broker.on("GET", "/v1/sys/mounts", 200, FakeBroker.envelope("{}"));
        assertEquals(
                64, daypass.run("run", "--lease", "sys/mounts", "--", "true").code());
        assertEquals(64, daypass.run("run", "--lease", "database/creds/reader").code());
        assertEquals(
                64,
                daypass.run("run", "--lease", "database/creds/reader", "true").code());
        assertTrue(broker.asked(CREDS).isEmpty());
    }

    @Test
    void psql_getsItsArgumentsAndEnvironment() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path psql = Files.writeString(bin.resolve("psql"), "#!/bin/sh\necho \"$PGUSER@$PGDATABASE $*\"\nexit 2\n");
        assertTrue(psql.toFile().setExecutable(true));
        Launched.Ended ended = daypass.with("PATH", bin + ":" + System.getenv("PATH"))
                .run("db", "psql", "database/creds/reader", "--", "-c", "select 1", "-address", "x");
        assertEquals(2, ended.code(), ended.err());
        assertEquals("v-1@shop -c select 1 -address x\n", ended.out());
        assertEquals(1, broker.asked(REVOKE).size());
    }

    private static String renewed(int seconds) {
        return FakeBroker.envelope("null").replace("\"lease_duration\":0", "\"lease_duration\":" + seconds);
    }

    private static String lease(String maximum) {
        return FakeBroker.envelope("{\"id\":\"database/creds/reader/abc\",\"ttl\":30,"
                + "\"expire_time\":\"2026-01-01T00:00:30Z\",\"max_expire_time\":\"" + maximum + "\"}");
    }

    private void awaitText(Launched.Running running, String text) throws Exception {
        daypass.await(() -> running.err().contains(text), running::err);
    }

    private void awaitFile(Path file) throws Exception {
        daypass.await(() -> Files.exists(file), () -> file + " is not there");
    }
}
