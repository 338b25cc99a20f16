package io.daypass.lease;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leases of one lane that were taken to be ended, on their way into calls. Several portions are gathered before calls are
 * made of them: the more there are, the more of them can be ended together. Portions are added one after the other.
 */
final class Gathering {
    /** So many fill the lists of a target whose users are spread over forty logins. */
    private static final int ENOUGH = 2_048;

    private final Enders enders;
    private Map<Alike, List<Lease>> alike = new LinkedHashMap<>();
    private int size;

    Gathering(Enders enders) {
        this.enders = enders;
    }

    /** Adds all of these, or none if an engine fails to say what they are. */
    void add(List<Lease> portion) {
        List<Alike> keys = portion.stream().map(this::key).toList();
        for (int i = 0; i < keys.size(); i++) {
            alike.computeIfAbsent(keys.get(i), none -> new ArrayList<>()).add(portion.get(i));
        }
        size += keys.size();
    }

    private Alike key(Lease lease) {
        String kind = lease.source().kind();
        Enders.Traits traits = enders.traits(lease.source().mount(), kind);
        return new Alike(kind, traits, !lease.mintOver(), enders.alike(lease));
    }

    boolean isEnough() {
        return size >= ENOUGH;
    }

    /** Empties it, into lists as long as their kinds take them. */
    List<Call> calls() {
        Map<Alike, List<Lease>> all = alike;
        alike = new LinkedHashMap<>();
        size = 0;
        List<Call> calls = new ArrayList<>();
        all.forEach((key, group) -> {
            int most = Math.max(1, key.traits.list());
            for (int from = 0; from < group.size(); from += most) {
                List<Lease> some = group.subList(from, Math.min(from + most, group.size()));
                calls.add(new Call(some, key.settle, key.traits.settles()));
            }
        });
        return calls;
    }

    private record Alike(String kind, Enders.Traits traits, boolean settle, Object together) {}
}
