package io.daypass.lease.sqlite;

import io.daypass.lease.LaneKey;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.Source;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sources and lanes and the small numbers that stand for them in rows: few, so all of them are held in memory. Only the
 * writer adds to it; it does so before the rows that use a number can be seen by anybody else.
 */
final class Dictionary {
    private volatile Map<Source, Long> sourceIds = new ConcurrentHashMap<>();
    private volatile Map<Long, Source> sources = new ConcurrentHashMap<>();
    private volatile Map<LaneKey, Long> lanes = new ConcurrentHashMap<>();

    /** Reads everything anew, at the start and after a rollback; who reads meanwhile still sees what was there. */
    void load(Session session) throws SQLException {
        Map<Long, Source> read = new ConcurrentHashMap<>();
        Map<Source, Long> ids = new ConcurrentHashMap<>();
        Map<LaneKey, Long> readLanes = new ConcurrentHashMap<>();
        session.all(
                row -> read.put(
                        row.getLong(1),
                        new Source(row.getString(2), row.getString(3), row.getString(4), row.getString(5))),
                "select id, path, mount, kind, target from source");
        session.all(
                row -> readLanes.put(new LaneKey(row.getString(2), row.getString(3)), row.getLong(1)),
                "select id, mount, target from lane");
        read.forEach((id, source) -> ids.put(source, id));
        sources = read;
        sourceIds = ids;
        lanes = readLanes;
    }

    /** The number of a source, given to it now if it has none. */
    long sourceId(Session session, Source source) throws SQLException {
        Long known = sourceIds.get(source);
        if (known != null) {
            return known;
        }
        session.update(
                "insert into source(path, mount, kind, target) values (?, ?, ?, ?)",
                source.path(),
                source.mount(),
                source.kind(),
                source.target());
        long id = session.number("select last_insert_rowid()").orElseThrow();
        sources.put(id, source);
        sourceIds.put(source, id);
        return id;
    }

    /** The number of a lane, given to it now if it has none. */
    long laneId(Session session, LaneKey lane) throws SQLException {
        Long known = lanes.get(lane);
        if (known != null) {
            return known;
        }
        session.update("insert into lane(mount, target) values (?, ?)", lane.mount(), lane.target());
        long id = session.number("select last_insert_rowid()").orElseThrow();
        lanes.put(lane, id);
        return id;
    }

    /** The source with that number; null if there is none. */
    @Nullable
    Source source(long id) {
        return sources.get(id);
    }

    /** The number of a lane; null if nothing was ever in it. */
    @Nullable
    Long laneId(LaneKey lane) {
        return lanes.get(lane);
    }

    /** All lanes with their numbers. */
    Map<LaneKey, Long> lanes() {
        return Collections.unmodifiableMap(lanes);
    }

    /** All sources. */
    Collection<Source> sources() {
        return List.copyOf(sources.values());
    }

    /** The numbers of the sources that a filter lets through, in ascending order; null if it lets all through. */
    @Nullable
    List<Long> matching(LeaseFilter filter) {
        if (filter.prefix().isEmpty() && filter.mount() == null && filter.target() == null && filter.kind() == null) {
            return null;
        }
        return sourceIds.entrySet().stream()
                .filter(each -> matches(filter, each.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private static boolean matches(LeaseFilter filter, Source source) {
        return isUnder(filter.prefix(), source.path())
                && (filter.mount() == null || filter.mount().equals(source.mount()))
                && (filter.target() == null || filter.target().equals(source.target()))
                && (filter.kind() == null || filter.kind().equals(source.kind()));
    }

    /** Whole segments: {@code a/b} and {@code a/b/} hold {@code a/b} and {@code a/b/c}, not {@code a/bc}. */
    private static boolean isUnder(String prefix, String path) {
        String whole = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return whole.isEmpty()
                || (path.startsWith(whole) && (path.length() == whole.length() || path.charAt(whole.length()) == '/'));
    }
}
