package io.daypass.broker.mount;

import io.daypass.broker.api.Verb;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is mounted where, at one moment. Doesn't change. */
final class MountTable {
    static final MountTable EMPTY = new MountTable(new TreeMap<>());

    private final SortedMap<String, Slot> byPath;
    private final Map<String, Slot> byId;
    private final int deepest;

    private MountTable(SortedMap<String, Slot> byPath) {
        this.byPath = byPath;
        this.byId = new HashMap<>();
        byPath.values().forEach(slot -> byId.put(slot.entry().id(), slot));
        this.deepest =
                byPath.keySet().stream().mapToInt(path -> depth(path)).max().orElse(0);
    }

    MountTable with(Slot slot) {
        TreeMap<String, Slot> more = new TreeMap<>(byPath);
        more.put(slot.entry().path(), slot);
        return new MountTable(more);
    }

    MountTable without(String path) {
        TreeMap<String, Slot> fewer = new TreeMap<>(byPath);
        fewer.remove(path);
        return new MountTable(fewer);
    }

    Collection<Slot> slots() {
        return byPath.values();
    }

    Optional<Slot> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    Optional<Slot> ofId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The mount with the longest path that these segments begin with. */
    Optional<Slot> over(List<String> segments) {
        for (int length = Math.min(deepest, segments.size()); length > 0; length--) {
            Slot slot = byPath.get(String.join("/", segments.subList(0, length)) + "/");
            if (slot != null) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    Resolved resolve(Verb verb, List<String> segments) {
        return over(segments)
                .map(slot -> slot.resolve(verb, segments, depth(slot.entry().path())))
                .orElse(Resolved.NOTHING);
    }

    /** How many segments a path has, which ends with a slash. */
    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /** A mount that is at this path, above it or below it. */
    Optional<String> clash(String path) {
        return byPath.keySet().stream()
                .filter(taken -> taken.startsWith(path) || path.startsWith(taken))
                .findFirst();
    }
}
