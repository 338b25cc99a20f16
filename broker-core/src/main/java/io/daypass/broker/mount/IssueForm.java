package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.plugin.Leases;

/** Reads the body of a request for a lease and says how a draft is worked out from it. */
@FunctionalInterface
interface IssueForm<H extends Record, A extends Record> {
    /** @throws io.daypass.broker.api.ApiException 400, a line for each problem */
    Binder.Bound<Leases.Drafter<H, A>> read(ObjectNode body);
}
