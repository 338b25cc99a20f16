package io.daypass.lease.sqlite;

import io.daypass.lease.LeaseFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL. What a source decides (prefix, mount, target, kind) becomes a walk over each source by number, what
 * a parent decides a walk over its children; the rest is looked at row by row.
 */
final class Query {
    private final @Nullable List<Long> sources;
    private final long parent;
    private final boolean byDue;
    private final StringBuilder where = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private Query(@Nullable List<Long> sources, long parent, boolean byDue) {
        this.sources = sources;
        this.parent = parent;
        this.byDue = byDue;
    }

    static Query of(LeaseFilter filter, Dictionary dictionary) {
        List<Long> sources = dictionary.matching(filter);
        Query query = new Query(sources, filter.parent(), filter.dueBefore() != null && sources == null);
        query.where
                .append(filter.givenUp() ? " and l.n in" : " and l.n not in")
                .append(" (select n from lease where given_up = 1)");
        if (filter.state() != null) {
            query.and("l.state = ?", (long) Rows.code(filter.state()));
        }
        if (filter.holder() != null) {
            query.and("l.holder = ?", filter.holder());
        }
        if (filter.dueBefore() != null) {
            query.and("l.due_at < ?", filter.dueBefore().toEpochMilli());
        }
        if (filter.upTo() != Long.MAX_VALUE) {
            query.and("l.n <= ?", filter.upTo());
        }
        if (sources != null && filter.parent() != 0) {
            query.and("l.source in (select value from json_each(?))", sources.toString());
        }
        return query;
    }

    /** Only rows that can still be revoked, of tokens or of all else. */
    Query live(boolean tokens) {
        where.append(" and l.state < 2 and l.tag is ").append(tokens ? "not null" : "null");
        return this;
    }

    /** Only rows that are ending. */
    Query ending() {
        where.append(" and l.state = 2");
        return this;
    }

    /** The numbers of the first rows above one, in order. */
    List<Long> numbers(Session session, long after, int limit) throws SQLException {
        if (parent != 0) {
            return ofParent(session, after, limit);
        }
        if (sources == null) {
            return numbers(session, "select l.n from lease l where l.n > ?", limit, after);
        }
        List<Long> found = new ArrayList<>();
        long bound = Long.MAX_VALUE;
        for (long source : sources) {
            found.addAll(numbers(
                    session,
                    "select l.n from lease l where l.source = ? and l.n > ? and l.n <= ?",
                    limit,
                    source,
                    after,
                    bound));
            if (found.size() >= limit) {
                found.sort(null);
                found = new ArrayList<>(found.subList(0, limit));
                bound = found.get(limit - 1);
            }
        }
        found.sort(null);
        return found;
    }

    /** How many rows there are. */
    long count(Session session) throws SQLException {
        if (parent != 0) {
            return count(session, "select count(*) from child c join lease l on l.n = c.n where c.parent = ?", parent)
                    + count(
                            session,
                            "select count(*) from lease l where l.n > ? and l.parent = ?",
                            watermark(session),
                            parent);
        }
        if (byDue) {
            return countEach(session, "l.lane", session.all(row -> row.getLong(1), "select id from lane"));
        }
        return sources == null
                ? count(session, "select count(*) from lease l where true")
                : countEach(session, "l.source", sources);
    }

    private long countEach(Session session, String column, List<Long> ids) throws SQLException {
        long sum = 0;
        for (long id : ids) {
            sum += count(session, "select count(*) from lease l where " + column + " = ?", id);
        }
        return sum;
    }

    /** The index of children first, then the rows that aren't in it yet: all of them have higher numbers. */
    private List<Long> ofParent(Session session, long after, int limit) throws SQLException {
        List<Long> found = new ArrayList<>(numbers(
                session,
                "select l.n from child c join lease l on l.n = c.n where c.parent = ? and c.n > ?",
                limit,
                parent,
                after));
        if (found.size() < limit) {
            found.addAll(numbers(
                    session,
                    "select l.n from lease l where l.n > ? and l.parent = ?",
                    limit - found.size(),
                    Math.max(after, watermark(session)),
                    parent));
        }
        return found;
    }

    private static long watermark(Session session) throws SQLException {
        OptionalLong watermark = session.number("select value from counter where name = 'children'");
        return watermark.orElse(0);
    }

    private List<Long> numbers(Session session, String sql, int limit, Object... first) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(first));
        all.addAll(values);
        all.add(limit);
        return session.all(row -> row.getLong(1), sql + where + " order by l.n limit ?", all.toArray());
    }

    private long count(Session session, String sql, Object... first) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(first));
        all.addAll(values);
        return session.number(sql + where, all.toArray()).orElse(0);
    }

    private void and(String condition, Object value) {
        where.append(" and ").append(condition);
        values.add(value);
    }
}
