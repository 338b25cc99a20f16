package io.daypass.lease;

import java.util.List;

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

    List<Long> numbers() {
        return leases.stream().map(Lease::n).toList();
    }
}
