package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.Bench;
import io.daypass.broker.mount.MountConfig;
import io.daypass.broker.mount.MountTerms;
import io.daypass.broker.mount.Mounts;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.guard.Guard;
import io.daypass.broker.mount.lane.LaneLimits;
import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.Terms;
import io.daypass.plugin.Deadline;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine that is mounted and configured, in real time. */
final class Trial implements AutoCloseable {
    static final Duration SLACK = Duration.ofMillis(200);
    private static final String MOUNT = "plugin/";
    private static final Duration MINT = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(20);
    private static final int MOST_ATTEMPTS = 6;
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final JsonMapper JSON = new JsonMapper();

    /** Times that a test can wait for. */
    private static final Terms TERMS = new Terms(
            SLACK,
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMillis(20),
            Duration.ofMillis(200));

    private static final MountTerms LIMITS = new MountTerms(
            MINT, CALL, Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofHours(24), new LaneLimits(4, 64, 64));

    final Bench bench;
    final Watch watch = new Watch();
    /** Every text that somebody who asked for something was told. */
    final List<String> said = new ArrayList<>();

    private final EngineSubject subject;
    private final Catalog plugins;
    private final int choresOfOne;

    Trial(EngineSubject subject) {
        this.subject = subject;
        this.plugins = new Catalog(subject.engine(), subject.extensions(), watch::over);
        this.bench = new Bench(plugins, InstantSource.system(), TERMS, LIMITS);
        Bench.await(bench.mounts().enable(MOUNT, plugins.type(), "", MountConfig.NONE));
        choresOfOne = watch.chores.size();
        subject.configuration().forEach((path, body) -> bench.write(MOUNT + path, body));
    }

    /** A lease that was issued, and what came with it. */
    record Issued(long n, Credential credential) {
        JsonNode data() {
            return credential.data();
        }
    }

    Issued issue() {
        return issue(Duration.ZERO);
    }

    /** @param ttl asked for; zero: none is asked for */
    Issued issue(Duration ttl) {
        ObjectNode body = body(ttl);
        return issued(body, Bench.await(begin(body)));
    }

    List<Issued> issueAtOnce(int count) {
        List<ObjectNode> bodies =
                Stream.generate(() -> body(Duration.ZERO)).limit(count).toList();
        List<Future<Reply>> begun = bodies.stream().map(this::begin).toList();
        List<Issued> issued = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            issued.add(issued(bodies.get(i), Bench.await(begun.get(i))));
        }
        return issued;
    }

    private Future<Reply> begin(ObjectNode body) {
        return bench.begin(Verb.WRITE, MOUNT + subject.issuePath(), body.toString(), Caller.NOBODY);
    }

    private ObjectNode body(Duration ttl) {
        ObjectNode body = json(subject.body());
        if (!ttl.isZero()) {
            body.put("ttl", ttl.toSeconds() + "s");
        }
        return body;
    }

    private static Issued issued(ObjectNode sent, Reply reply) {
        JsonNode data = Objects.requireNonNull(reply.data(), "an issuing path answers data");
        String id = Objects.requireNonNull(reply.lease(), "an issuing path answers a lease")
                .id();
        return new Issued(Long.parseLong(id.substring(id.lastIndexOf('/') + 1)), new Credential(sent, data));
    }

    /** What is answered to somebody who gets nothing. */
    ApiException refused() {
        ApiException refused = assertThrows(ApiException.class, this::issue);
        said.addAll(refused.errors());
        return refused;
    }

    /** The row of a lease. */
    Lease row(Issued issued) {
        return Bench.await(bench.store().leases().find(issued.n())).orElseThrow();
    }

    void revoke(Issued issued) {
        Bench.await(bench.store().leases().revoke(issued.n(), Cause.REVOKED));
    }

    /** Waits until all leases have ended, whatever their revocation needs; but not for one that fails and fails. */
    void awaitEnd() {
        Map<Long, Integer> before = new HashMap<>();
        bench.leases().forEach(row -> before.put(row.n(), row.attempts()));
        bench.reapUntil(() -> {
            List<Lease> rows = bench.leases();
            rows.forEach(row -> assertTrue(
                    row.attempts() < before.getOrDefault(row.n(), 0) + MOST_ATTEMPTS,
                    () -> "a lease can't be ended: " + row.lastError()));
            return rows.isEmpty();
        });
    }

    /** Ends a lease and waits until that has happened. */
    void end(Issued issued) {
        revoke(issued);
        awaitEnd();
    }

    /** Waits until an attempt to end this lease has failed, or it is gone. */
    void awaitFailedAttempt(Issued issued) {
        bench.reapUntil(() -> Bench.await(bench.store().leases().find(issued.n()))
                .map(row -> row.attempts() > 0)
                .orElse(true));
        bench.leases().forEach(row -> said.add(String.valueOf(row.lastError())));
    }

    /** Waits until the lanes run nothing. False: in vain. */
    boolean isIdleWithin(Duration time) {
        return isIdleWithin(bench.mounts(), time);
    }

    private boolean isIdleWithin(Mounts broker, Duration time) {
        Instant end = bench.now().plus(time);
        while (broker.loads().stream().flatMap(each -> each.lanes().stream()).anyMatch(e -> e.underWay() > 0)) {
            if (bench.now().isAfter(end)) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    /** How often something had crossed a link when nothing did any more. */
    static long crossings(Link link) {
        long count = link.crossings();
        long quietUntil = System.nanoTime() + QUIET.toNanos();
        while (System.nanoTime() < quietUntil) {
            if (link.crossings() != count) {
                count = link.crossings();
                quietUntil = System.nanoTime() + QUIET.toNanos();
            }
            Thread.onSpinWait();
        }
        return count;
    }

    /** When the first entry is due; empty: none ever is. */
    Optional<Instant> due() {
        return watch.chores.stream()
                .skip(Math.max(0, watch.chores.size() - choresOfOne))
                .flatMap(chore -> chore.next().stream())
                .min(Instant::compareTo);
    }

    /** Goes on to when the next entry is due. */
    void advanceToDue() {
        Instant due = due().orElseThrow(() -> new AssertionError("none of the entries of configuration() is ever due"));
        Duration left = Duration.between(bench.now(), due).plusMillis(1);
        bench.advance(left.isNegative() ? Duration.ZERO : left);
    }

    /** Lets a broker do what is due, if it is, and waits until nothing is under way. */
    void look(Mounts broker) {
        broker.look();
        awaitIdle(broker);
    }

    void awaitIdle(Mounts broker) {
        assertTrue(isIdleWithin(broker, CALL), "what is due goes on and on");
    }

    boolean isDue() {
        return due().filter(due -> !due.isAfter(bench.now())).isPresent();
    }

    /** A second broker over the same store, with plugins of its own. */
    Mounts anotherBroker() {
        return bench.another(plugins.again());
    }

    /** Starts the broker and its plugins again, with nothing but what is stored. */
    void restart() {
        bench.restart(plugins.again());
    }

    /** Loads the plugins anew, unwatched, in a class loader of their own, which is answered. */
    ClassLoader reload() {
        Catalog again = plugins.unwatched().again();
        bench.restart(again);
        return again.engine().getClassLoader();
    }

    /** The kind of lease that is tried, as it was declared last. */
    DeclaredKind kind() {
        List<DeclaredKind> found = watch.kinds.stream()
                .filter(kind -> kind.issuesAt(subject.issuePath()))
                .toList();
        assertTrue(!found.isEmpty(), () -> "no kind of lease is issued at " + subject.issuePath());
        return found.get(found.size() - 1);
    }

    /** Calls what the engine declared, as the broker would but outside of a lane. */
    @Nullable
    Object call(DeclaredKind kind, String what, Record handle, Instant instant) {
        Deadline deadline = new Deadline(bench.now().plus(CALL), bench::now);
        Guard guard = new Guard(plugins.type(), subject.engine().getClassLoader(), List::of);
        return guard.call(() -> kind.call(what, handle, instant, deadline));
    }

    /** The handle that was drafted last. */
    Record lastHandle() {
        return watch.drafts.get(watch.drafts.size() - 1).handle();
    }

    /** A handle as it was stored by another version. */
    Record handle(String kind, String stored) {
        DeclaredKind declared = watch.kinds.stream()
                .filter(each -> each.name().equals(kind))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("there are no leases of the kind " + kind + " any more"));
        return new Binder<>(declared.handle()).restore(json(stored));
    }

    /** A handle as it is stored, before it is sealed. */
    static <H extends Record> String stored(H handle) {
        // The class of a record is the class of that record.
        @SuppressWarnings("unchecked")
        Class<H> type = (Class<H>) handle.getClass();
        return new Binder<>(type).stored(handle).toString();
    }

    /** What reading an entry shows. */
    String shown(String path) {
        return read(path).toString();
    }

    /** What reading a path answers. */
    JsonNode read(String path) {
        return Objects.requireNonNull(bench.read(MOUNT + path).data(), path);
    }

    /** What the mount answers to an operation. */
    JsonNode asked(String path, String body) {
        return Objects.requireNonNull(bench.write(MOUNT + path, body).data(), path);
    }

    /** What has no lease, by the mount's word. */
    Set<String> orphans() {
        Set<String> orphans = new TreeSet<>();
        read(subject.orphansPath()).path("orphans").forEach(each -> orphans.add(each.asText()));
        return orphans;
    }

    /** What the mount answers at a path that anybody may read. */
    byte[] document(String path) {
        return Objects.requireNonNull(bench.read(MOUNT + path).raw(), path).getBytes();
    }

    /** Whether this is an entry such as a role, and not the one that says how the mount works. */
    boolean isOneOfSeveral(String path) {
        return watch.entries.keySet().stream()
                .anyMatch(template -> template.contains("{") && Paths.match(template, path));
    }

    /** Removes an entry, unless the mount still needs it. */
    void remove(String path) {
        try {
            bench.call(Verb.DELETE, MOUNT + path, "{}");
        } catch (ApiException e) {
            said.addAll(e.errors());
        }
    }

    /** The secrets in the configuration: what is bound to a {@code Secret}, and what the subject says is one. */
    Set<String> configuredSecrets() {
        Set<String> secrets = new TreeSet<>();
        subject.configuration().forEach((path, body) -> {
            ObjectNode sent = json(body);
            watch.entries.entrySet().stream()
                    .filter(each -> Paths.match(each.getKey(), path))
                    .forEach(each -> secrets.addAll(secrets(each.getValue(), sent)));
            subject.secretFields().forEach(field -> sent.findValues(field).forEach(each -> secrets.add(each.asText())));
        });
        secrets.remove("");
        return secrets;
    }

    private static <T extends Record> Set<String> secrets(Class<T> type, ObjectNode sent) {
        Binder<T> binder = new Binder<>(type);
        return binder.secrets(binder.bind(sent, null, Set.of()).value());
    }

    /** The secrets in an answer. */
    List<String> secrets(JsonNode data) {
        return subject.secretFields().stream()
                .flatMap(field -> data.findValues(field).stream())
                .map(JsonNode::asText)
                .toList();
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.indexOf('"') < 0 ? text.replace('\'', '"') : text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public void close() throws SQLException {
        bench.close();
    }
}
