package io.daypass.lease;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leases that are ended together.
 *
 * @param leases of one lane and one kind
 * @param settle whether their mints may still be under way
 * @param settles whether targets of this kind can vouch that they are not
 */
record Call(List<Lease> leases, boolean settle, boolean settles) {
    Call {
        leases = List.copyOf(leases);
    }

    /** Puts leases of one lane into lists as long as their kinds take them. */
    static List<Call> of(List<Lease> leases, Enders enders) {
        Map<Alike, List<Lease>> alike = new LinkedHashMap<>();
        for (Lease lease : leases) {
            alike.computeIfAbsent(new Alike(lease.source().kind(), !lease.mintOver()), key -> new ArrayList<>())
                    .add(lease);
        }
        List<Call> calls = new ArrayList<>();
        alike.forEach((key, group) -> {
            Enders.Traits traits = enders.traits(group.get(0).source().mount(), key.kind);
            int most = Math.max(1, traits.list());
            for (int from = 0; from < group.size(); from += most) {
                List<Lease> some = group.subList(from, Math.min(from + most, group.size()));
                calls.add(new Call(some, key.settle, traits.settles()));
            }
        });
        return calls;
    }

    List<Long> numbers() {
        return leases.stream().map(Lease::n).toList();
    }

    private record Alike(String kind, boolean settle) {}
}
