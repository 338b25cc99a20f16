package io.daypass.lease.sqlite;

import io.daypass.lease.Admission;
import io.daypass.lease.Bytes;
import io.daypass.lease.Cause;
import io.daypass.lease.Claimed;
import io.daypass.lease.LaneKey;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.NewLease;
import io.daypass.lease.Serials;
import io.daypass.lease.Source;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** The lease table in SQLite: what is changed goes through the writer, what is read through the readers. */
final class SqliteLeases implements LeaseTable {
    private final Writer writer;
    private final Readers readers;
    private final Numbers numbers;
    private final Dictionary dictionary;
    private final Settings settings;
    private final Rows rows;
    private final Steps steps;
    private final Claims claims;
    private final Removal removal;
    private final Results results;
    private final ManyRevoked manyRevoked;

    SqliteLeases(Writer writer, Readers readers, Numbers numbers, Dictionary dictionary, Settings settings) {
        this.writer = writer;
        this.readers = readers;
        this.numbers = numbers;
        this.dictionary = dictionary;
        this.settings = settings;
        this.rows = new Rows(dictionary);
        this.steps = new Steps(rows);
        this.claims = new Claims(rows);
        this.removal = new Removal(rows);
        this.results = new Results(rows);
        this.manyRevoked = new ManyRevoked(
                writer, readers, dictionary, steps, settings.portions().chunk());
    }

    @Override
    public long next() {
        return numbers.next();
    }

    @Override
    public CompletionStage<Admission> begin(NewLease lease) {
        return writer.submit(change -> Admissions.begin(change, lease));
    }

    @Override
    public CompletionStage<Admission> issue(NewLease lease, Duration slack) {
        return writer.submit(change -> Admissions.issue(change, lease, slack));
    }

    @Override
    public CompletionStage<Boolean> activate(long n, Duration slack) {
        return writer.submit(change -> steps.activate(change, n, slack));
    }

    @Override
    public CompletionStage<Boolean> mintFailed(long n, boolean mintOver, String error) {
        return writer.submit(change -> steps.mintFailed(change, n, mintOver, error));
    }

    @Override
    public CompletionStage<Boolean> mintReturned(long n) {
        return writer.submit(change -> steps.mintReturned(change, n));
    }

    @Override
    public CompletionStage<Boolean> renew(long n, Instant expiresAt, Duration slack) {
        return writer.submit(change -> steps.renew(change, n, expiresAt, slack));
    }

    @Override
    public CompletionStage<OptionalLong> use(long n) {
        return writer.submit(change -> Steps.use(change, n));
    }

    @Override
    public CompletionStage<Boolean> revoke(long n, Cause cause) {
        return writer.submit(change -> steps.revoke(change, n, cause));
    }

    @Override
    public CompletionStage<Long> revoke(LeaseFilter filter, Cause cause) {
        return manyRevoked.revoke(filter, cause);
    }

    @Override
    public CompletionStage<Long> giveUp(LeaseFilter filter) {
        int portion = settings.portions().chunk();
        return readers.read(session -> Query.of(filter, dictionary).ending().numbers(session, 0, portion))
                .thenCompose(some -> writer.submit(change -> steps.giveUp(change, some))
                        .thenCompose(met -> some.size() < portion || met == 0
                                ? CompletableFuture.completedFuture(met)
                                : giveUp(filter).thenApply(more -> met + more)));
    }

    @Override
    public CompletionStage<Long> orphan(long parent, String mount) {
        LeaseFilter filter = new LeaseFilter("", mount, null, null, null, null, parent, null, Long.MAX_VALUE);
        int portion = settings.portions().chunk();
        return readers.read(session -> Query.of(filter, dictionary).numbers(session, 0, portion))
                .thenCompose(some -> writer.submit(change -> Steps.orphan(change, parent, some))
                        .thenCompose(met -> some.size() < portion
                                ? CompletableFuture.completedFuture(met)
                                : orphan(parent, mount).thenApply(more -> met + more)));
    }

    @Override
    public CompletionStage<Claimed> claim(LaneKey lane, int limit, Duration claim, List<String> withoutEffect) {
        return writer.submit(
                change -> claims.claim(change, lane, limit, settings.portions().chunk(), claim, withoutEffect));
    }

    @Override
    public CompletionStage<Void> release(List<Long> taken, Instant dueAt) {
        return done(change -> Claims.release(change, taken, dueAt.toEpochMilli()));
    }

    @Override
    public CompletionStage<Void> failed(Map<Long, Instant> dueAt, String error) {
        return done(change -> results.failed(change, dueAt, error));
    }

    @Override
    public CompletionStage<Void> wait(Map<Long, Instant> dueAt) {
        return done(change -> results.waiting(change, dueAt));
    }

    @Override
    public CompletionStage<List<Long>> remove(List<Long> ended, List<Long> sureOf) {
        return writer.submit(change -> removal.remove(change, ended, Set.copyOf(sureOf)));
    }

    @Override
    public CompletionStage<Map<LaneKey, Instant>> due() {
        return readers.read(this::due);
    }

    @Override
    public CompletionStage<Optional<Lease>> find(long n) {
        return readers.read(session -> rows.find(session, n).map(Rows.Row::lease));
    }

    @Override
    public CompletionStage<OptionalLong> findAlias(Bytes tag) {
        return readers.read(session -> session.number("select n from alias where tag = ?", (Object) tag.toArray()));
    }

    @Override
    public CompletionStage<List<Lease>> list(LeaseFilter filter, long after, int limit) {
        return readers.read(session -> list(session, filter, after, limit));
    }

    @Override
    public CompletionStage<Long> count(LeaseFilter filter) {
        return readers.read(session -> Query.of(filter, dictionary).count(session));
    }

    @Override
    public CompletionStage<List<Source>> sources() {
        return readers.read(session -> List.copyOf(dictionary.sources()));
    }

    @Override
    public CompletionStage<Void> close(LaneKey lane) {
        return done(change -> {
            if (change.memory().closed().add(lane)) {
                change.session().update("insert into closed(mount, target) values (?, ?)", lane.mount(), lane.target());
            }
        });
    }

    @Override
    public CompletionStage<Void> open(LaneKey lane) {
        return done(change -> {
            change.memory().closed().remove(lane);
            change.session().update("delete from closed where mount = ? and target = ?", lane.mount(), lane.target());
        });
    }

    @Override
    public CompletionStage<Serials> serials(String mount) {
        return Numbers.ofMount(mount, writer, settings.portions().block());
    }

    @Override
    public CompletionStage<long[]> listed(String mount, String kind, Instant now) {
        LeaseFilter filter = new LeaseFilter("", mount, null, kind, null, null, 0, null, Long.MAX_VALUE);
        return readers.read(session -> {
            LongStream.Builder serials = LongStream.builder();
            for (long source : Objects.requireNonNull(dictionary.matching(filter))) {
                session.all(
                        row -> {
                            serials.add(row.getLong(1));
                            return source;
                        },
                        "select serial from listed where source = ? and until > ?",
                        source,
                        now.toEpochMilli());
            }
            return serials.build().sorted().toArray();
        });
    }

    @Override
    public CompletionStage<List<LaneKey>> closed() {
        return readers.read(session -> session.all(
                row -> new LaneKey(row.getString(1), row.getString(2)), "select mount, target from closed"));
    }

    private Map<LaneKey, Instant> due(Session session) throws SQLException {
        Map<LaneKey, Instant> due = new HashMap<>();
        for (Map.Entry<LaneKey, Long> lane : dictionary.lanes().entrySet()) {
            OptionalLong earliest = session.number(
                    "select due_at from lease where lane = ? and due_at is not null order by due_at limit 1",
                    lane.getValue());
            if (earliest.isPresent()) {
                due.put(lane.getKey(), Instant.ofEpochMilli(earliest.getAsLong()));
            }
        }
        return due;
    }

    private List<Lease> list(Session session, LeaseFilter filter, long after, int limit) throws SQLException {
        List<Lease> leases = new ArrayList<>();
        for (long n : Query.of(filter, dictionary).numbers(session, after, limit)) {
            rows.find(session, n).ifPresent(row -> leases.add(row.lease()));
        }
        return leases;
    }

    private CompletionStage<Void> done(Nothing change) {
        return writer.<Boolean>submit(transaction -> {
                    change.apply(transaction);
                    return true;
                })
                .thenAccept(done -> {});
    }

    /** A change that answers nothing. */
    @FunctionalInterface
    private interface Nothing {
        void apply(Transaction change) throws SQLException;
    }
}
