package io.daypass.broker.sys;

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
import io.daypass.broker.identity.Ids;
import io.daypass.broker.policy.Authorizer;
import io.daypass.broker.policy.Capability;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseTable;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code sys/leases/lookup}, {@code renew} and {@code revoke} of one lease, and their older names. */
public final class SysLeases {
    private final LeaseTable leases;
    private final Ids ids;
    private final Authorizer authorizer;
    private final Renewals renewals;
    private final Revocations revocations;
    private final Function<Lease, List<String>> endingWarnings;
    private final InstantSource clock;
    private final LeaseView view;

    /**
     * @param leases the rows
     * @param ids what lease ids look like
     * @param authorizer who says what a caller may
     * @param renewals renews any kind of lease
     * @param revocations ends leases
     * @param endingWarnings what whoever ends one is to be told
     * @param clock the store's
     */
    public SysLeases(
            LeaseTable leases,
            Ids ids,
            Authorizer authorizer,
            Renewals renewals,
            Revocations revocations,
            Function<Lease, List<String>> endingWarnings,
            InstantSource clock) {
        this.leases = leases;
        this.ids = ids;
        this.authorizer = authorizer;
        this.renewals = renewals;
        this.revocations = revocations;
        this.endingWarnings = endingWarnings;
        this.clock = clock;
        this.view = new LeaseView(ids);
    }

    /** The routes. A token may always deal with the leases that hang from it, so the handlers ask the policies. */
    public Stream<Route> routes() {
        return Stream.of(
                own("sys/leases/lookup", this::lookup),
                own("sys/leases/renew", this::renew),
                own("sys/leases/renew/{id...}", this::renew),
                own("sys/renew", this::renew),
                own("sys/renew/{id...}", this::renew),
                own("sys/leases/revoke", this::revoke),
                own("sys/leases/revoke/{id...}", this::revoke),
                own("sys/revoke", this::revoke),
                own("sys/revoke/{id...}", this::revoke));
    }

    private static Route own(String pattern, Route.Handler handler) {
        return Route.of(Verb.WRITE, pattern, handler).needs(Route.Access.ANY_TOKEN);
    }

    private Future<Reply> lookup(Call call) {
        Params params = new Params(call.request().body());
        return find(id(call, params)).map(found -> {
            Lease lease = found.orElseThrow(SysLeases::gone);
            check(call, lease, "sys/leases/lookup");
            return Reply.data(view.whole(lease, clock.instant())).warnings(params.unknown());
        });
    }

    private Future<Reply> renew(Call call) {
        Params params = new Params(call.request().body());
        String id = id(call, params);
        Optional<Duration> increment = params.duration("increment").filter(asked -> !asked.isZero());
        return find(id).compose(found -> {
            Lease lease = found.orElseThrow(SysLeases::gone);
            check(call, lease, "sys/leases/renew");
            return renewals.renew(lease, increment)
                    .map(renewed -> Reply.data(null)
                            .lease(id, renewed.renewable(), renewed.expiresAt())
                            .warnings(Stream.concat(renewed.warnings().stream(), params.unknown().stream())
                                    .toList()));
        });
    }

    private Future<Reply> revoke(Call call) {
        Params params = new Params(call.request().body());
        String id = id(call, params);
        boolean sync = params.flag("sync", true);
        return find(id).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Reply.none());
            }
            check(call, found.get(), "sys/leases/revoke");
            List<String> warnings = new ArrayList<>(params.unknown());
            warnings.addAll(endingWarnings.apply(found.get()));
            return revocations.revoke(found.get(), sync).map(reply -> {
                warnings.addAll(0, reply.warnings());
                return reply.warnings(warnings);
            });
        });
    }

    private Future<Optional<Lease>> find(String id) {
        OptionalLong n = ids.leaseNumber(id);
        return n.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : Stages.here(leases.find(n.getAsLong()))
                        .map(found -> found.filter(
                                lease -> id.startsWith(lease.source().path() + "/")));
    }

    private void check(Call call, Lease lease, String path) {
        boolean own = lease.parent() != 0 && lease.parent() == call.caller().n();
        if (!own && !authorizer.allows(call.caller(), Capability.UPDATE, path)) {
            throw ApiException.denied();
        }
    }

    private static String id(Call call, Params params) {
        String inPath = call.variables().get("id");
        params.has("url_lease_id");
        if (inPath != null) {
            params.has("lease_id");
            return inPath;
        }
        return params.text("lease_id")
                .or(() -> params.text("id"))
                .filter(id -> !id.isEmpty())
                .orElseThrow(() -> ApiException.badRequest(
                        "lease_id: it is required; send the lease_id that came with the credential"));
    }

    private static ApiException gone() {
        return ApiException.badRequest(
                "invalid lease: it does not exist, or has ended; ask for a new one at the path it came from");
    }

    /** A list of texts as the {@code keys} of a LIST. */
    static Reply keys(List<String> keys) {
        if (keys.isEmpty()) {
            throw ApiException.notFound();
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode list = data.putArray("keys");
        keys.forEach(list::add);
        return Reply.data(data);
    }
}
