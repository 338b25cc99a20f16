package io.daypass.broker.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Verb;
import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseState;
import io.daypass.lease.LeaseTable;
import io.vertx.core.Future;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code auth/token/revoke*} and the list of accessors. What hangs from a token ends with it. */
public final class TokenEndings {
    private static final int PAGE = 1_000;

    private final LeaseTable leases;
    private final Tokens tokens;
    private final Ids ids;

    /**
     * @param leases the rows
     * @param tokens finds them
     * @param ids what accessors look like
     */
    public TokenEndings(LeaseTable leases, Tokens tokens, Ids ids) {
        this.leases = leases;
        this.tokens = tokens;
        this.ids = ids;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(
                        Verb.WRITE,
                        "auth/token/revoke-self",
                        call -> revoke(call.caller().n())),
                Route.of(Verb.WRITE, "auth/token/revoke", this::revoke),
                Route.of(Verb.WRITE, "auth/token/revoke-accessor", this::revokeAccessor),
                Route.of(Verb.WRITE, "auth/token/revoke-orphan", this::revokeOrphan)
                        .needs(Route.Access.SUDO),
                Route.of(Verb.LIST, "auth/token/accessors", this::accessors).needs(Route.Access.SUDO));
    }

    private Future<Reply> revoke(Call call) {
        String text = new Params(call.request().body()).required("token");
        return Stages.here(tokens.live(text))
                .compose(found -> found.isPresent() ? revoke(found.get().n()) : Future.succeededFuture(Reply.none()));
    }

    private Future<Reply> revokeAccessor(Call call) {
        OptionalLong n = ids.accessorNumber(new Params(call.request().body()).required("accessor"));
        return n.isPresent() ? revoke(n.getAsLong()) : Future.succeededFuture(Reply.none());
    }

    private Future<Reply> revokeOrphan(Call call) {
        String text = new Params(call.request().body()).required("token");
        return Stages.here(tokens.live(text)).compose(found -> {
            if (found.isEmpty()) {
                return Future.failedFuture(ApiException.badRequest("token: no live token has this text"));
            }
            long n = found.get().n();
            return Stages.here(leases.orphan(n, Tokens.MOUNT)).compose(freed -> {
                // Rows in memory still say whose children they were, and no event tells of it.
                tokens.forget();
                return revoke(n);
            });
        });
    }

    private Future<Reply> revoke(long n) {
        return Stages.here(leases.revoke(n, Cause.REVOKED)).map(done -> Reply.none());
    }

    private Future<Reply> accessors(Call call) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        return page(data.putArray("keys"), 0).map(all -> Reply.data(data));
    }

    private Future<Void> page(ArrayNode keys, long after) {
        LeaseFilter live =
                new LeaseFilter("", Tokens.MOUNT, null, null, LeaseState.ACTIVE, null, 0, null, Long.MAX_VALUE);
        return Stages.here(leases.list(live, after, PAGE)).compose(rows -> {
            for (Lease row : rows) {
                keys.add(ids.accessor(row.n()));
            }
            return rows.size() < PAGE
                    ? Future.succeededFuture()
                    : page(keys, rows.get(rows.size() - 1).n());
        });
    }
}
