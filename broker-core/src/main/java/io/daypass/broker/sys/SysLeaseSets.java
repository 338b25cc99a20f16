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
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseState;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.Source;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code sys/leases/*} for many leases at once: listing, querying, counting, ending by prefix. */
public final class SysLeaseSets {
    private static final int MOST_KEYS = 10_000;
    private static final int LARGEST_PAGE = 1_000;

    private final LeaseTable leases;
    private final Ids ids;
    private final Authorizer authorizer;
    private final Revocations revocations;
    private final Function<String, Optional<String>> mountId;
    private final InstantSource clock;
    private final LeaseView view;

    /**
     * @param leases the rows
     * @param ids what lease ids look like
     * @param authorizer who says what a caller may
     * @param revocations ends leases
     * @param mountId the id of the mount at a path
     * @param clock the store's
     */
    public SysLeaseSets(
            LeaseTable leases,
            Ids ids,
            Authorizer authorizer,
            Revocations revocations,
            Function<String, Optional<String>> mountId,
            InstantSource clock) {
        this.leases = leases;
        this.ids = ids;
        this.authorizer = authorizer;
        this.revocations = revocations;
        this.mountId = mountId;
        this.clock = clock;
        this.view = new LeaseView(ids);
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.LIST, "sys/leases/lookup", this::list).needs(Route.Access.SUDO),
                Route.of(Verb.LIST, "sys/leases/lookup/{prefix...}", this::list).needs(Route.Access.SUDO),
                Route.of(Verb.READ, "sys/leases/query", this::query).needs(Route.Access.SUDO),
                Route.of(Verb.READ, "sys/leases/count", this::count).needs(Route.Access.SUDO),
                Route.of(Verb.READ, "sys/leases", this::count).needs(Route.Access.SUDO),
                Route.of(Verb.WRITE, "sys/leases/tidy", this::tidy).needs(Route.Access.SUDO),
                Route.of(Verb.WRITE, "sys/leases/revoke-prefix/{prefix...}", this::revoke)
                        .needs(Route.Access.SUDO),
                Route.of(Verb.WRITE, "sys/revoke-prefix/{prefix...}", this::revoke)
                        .needs(Route.Access.SUDO),
                Route.of(Verb.WRITE, "sys/leases/revoke-force/{prefix...}", this::force)
                        .needs(Route.Access.SUDO),
                Route.of(Verb.WRITE, "sys/revoke-force/{prefix...}", this::force)
                        .needs(Route.Access.SUDO));
    }

    private Future<Reply> list(Call call) {
        String prefix = trim(call.variables().getOrDefault("prefix", ""));
        int limit = (int) number(call.request().query(), "limit", MOST_KEYS, 1, MOST_KEYS);
        long after = after(prefix, call.request().query().get("after"));
        return Stages.here(leases.sources()).compose(sources -> {
            TreeSet<String> keys = new TreeSet<>();
            List<String> warnings = new ArrayList<>();
            List<Future<?>> lookups = new ArrayList<>();
            for (Source source : sources) {
                if (source.path().equals(prefix)) {
                    lookups.add(Stages.here(leases.list(LeaseFilter.under(prefix), after, limit))
                            .onSuccess(rows -> {
                                rows.stream()
                                        .filter(row -> row.source().path().equals(prefix))
                                        .forEach(row -> keys.add(tail(prefix, row)));
                                if (rows.size() == limit) {
                                    warnings.add(goOn(tail(prefix, rows.get(limit - 1))));
                                }
                            }));
                } else if (after == 0 && (prefix.isEmpty() || source.path().startsWith(prefix + "/"))) {
                    lookups.add(Stages.here(leases.list(LeaseFilter.under(source.path()), 0, 1))
                            .onSuccess(rows -> rows.forEach(row -> keys.add(next(prefix, source.path())))));
                }
            }
            return Future.all(lookups)
                    .map(all -> SysLeases.keys(List.copyOf(keys)).warnings(warnings));
        });
    }

    private long after(String prefix, @Nullable String key) {
        if (key == null || key.isEmpty()) {
            return 0;
        }
        return ids.leaseNumber(prefix + "/" + key)
                .orElseThrow(
                        () -> ApiException.badRequest("after: the last part of a lease id is expected, as the warning"
                                + " of the page before said it"));
    }

    private static String goOn(String key) {
        return "there may be more leases than are listed here, in the order in which they were issued; list again with"
                + " ?after=" + key + " to go on, or page through sys/leases/query";
    }

    /** The last part of the id that a lease has, or would have if it had been issued at the prefix itself. */
    private String tail(String prefix, Lease lease) {
        String id = ids.leaseId(prefix, lease.n());
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static String next(String prefix, String path) {
        String rest = prefix.isEmpty() ? path : path.substring(prefix.length() + 1);
        int slash = rest.indexOf('/');
        return (slash < 0 ? rest : rest.substring(0, slash)) + "/";
    }

    private Future<Reply> query(Call call) {
        Map<String, String> query = call.request().query();
        long after = number(query, "after", 0, 0, Long.MAX_VALUE);
        int limit = (int) number(query, "limit", 100, 1, LARGEST_PAGE);
        LeaseFilter filter = filter(query);
        Instant now = clock.instant();
        boolean mayLookUp = authorizer.allows(call.caller(), Capability.UPDATE, "sys/leases/lookup");
        return Stages.here(leases.list(filter, after, limit)).map(rows -> {
            ObjectNode data = JsonNodeFactory.instance.objectNode();
            ArrayNode shown = data.putArray("leases");
            for (Lease row : rows) {
                if (authorizer.allows(
                        call.caller(), Capability.READ, row.source().path())) {
                    ObjectNode one = view.whole(row, now);
                    if (!mayLookUp) {
                        one.remove("id");
                    }
                    shown.add(one);
                }
            }
            if (rows.size() == limit) {
                data.put("next", rows.get(rows.size() - 1).n());
            } else {
                data.putNull("next");
            }
            return Reply.data(data);
        });
    }

    private LeaseFilter filter(Map<String, String> query) {
        String role = query.get("role");
        String prefix = query.getOrDefault("prefix", "");
        if (role != null) {
            throw ApiException.badRequest(
                    "role: roles have names within their path only; ask with prefix=, such as prefix=database/creds/reader");
        }
        return new LeaseFilter(
                trim(prefix),
                mount(query.get("mount")),
                query.get("target"),
                query.get("kind"),
                state(query.get("state")),
                query.get("holder"),
                0,
                time("due_before", query.get("due_before")),
                Long.MAX_VALUE,
                "true".equals(query.get("given_up")));
    }

    private @Nullable String mount(@Nullable String path) {
        return path == null
                ? null
                : mountId.apply(path)
                        .orElseThrow(() -> ApiException.badRequest(
                                "mount: nothing is mounted there; sys/mounts has the paths, such as database/"));
    }

    private static @Nullable LeaseState state(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (LeaseState state : LeaseState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        throw ApiException.badRequest("state: pending, active or revoking is expected");
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw ApiException.badRequest(name + ": a time such as 2026-01-31T12:00:00Z is expected");
        }
    }

    private static long number(Map<String, String> query, String name, long otherwise, long least, long most) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like a number out of bounds.
        }
        throw ApiException.badRequest(name + ": a whole number from " + least + " to " + most + " is expected");
    }

    private Future<Reply> count(Call call) {
        return Stages.here(leases.sources()).compose(sources -> {
            Map<String, Long> counts = new TreeMap<>();
            List<Future<Long>> counting = sources.stream()
                    .map(Source::path)
                    .distinct()
                    .map(path -> Stages.here(leases.count(LeaseFilter.under(path)))
                            .onSuccess(count -> counts.put(path, count)))
                    .toList();
            return Future.all(counting)
                    .compose(all -> Stages.here(leases.count(LeaseFilter.ALL)))
                    .map(total -> {
                        ObjectNode data = JsonNodeFactory.instance.objectNode();
                        data.put("lease_count", total);
                        ObjectNode paths = data.putObject("counts");
                        counts.forEach((path, count) -> {
                            if (count > 0) {
                                paths.put(path, count);
                            }
                        });
                        return Reply.data(data);
                    });
        });
    }

    private Future<Reply> tidy(Call call) {
        return Future.succeededFuture(Reply.none()
                .warnings(List.of("nothing to tidy: a row goes when its lease has ended, in the same commit")));
    }

    private Future<Reply> revoke(Call call) {
        Params params = new Params(call.request().body());
        boolean sync = params.flag("sync", true);
        return revocations.revokeUnder(trim(call.at("prefix")), sync).map(reply -> reply.warnings(params.unknown()));
    }

    /** Ends what can be ended at once; what can't is given up on, but stays, and is tried again for ever. */
    private Future<Reply> force(Call call) {
        String prefix = trim(call.at("prefix"));
        return revocations
                .revokeUnder(prefix, true)
                .compose(tried -> Stages.here(leases.giveUp(LeaseFilter.under(prefix))))
                .map(hidden -> hidden == 0
                        ? Reply.none()
                        : Reply.none()
                                .warnings(List.of(hidden + " leases could not be ended: they are no longer shown, and"
                                        + " don't keep their mount or connection, but they are tried again as long as these are"
                                        + " there; sys/leases/query?given_up=true shows them")));
    }

    private static String trim(String prefix) {
        String trimmed = prefix;
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed;
    }
}
