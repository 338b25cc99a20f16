package io.daypass.broker.http;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Request;
import io.daypass.broker.api.Route;
import io.daypass.broker.identity.Identification;
import io.daypass.broker.mount.Resolved;
import io.daypass.broker.policy.Authorizer;
import io.daypass.broker.policy.Capability;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request, hop by hop: read, find its route, know its token, ask the policies, write the audit line, serve it, write
 * the audit line of the reply, answer. Nothing goes back up.
 */
final class Pipeline {
    private final RequestReader reader;
    private final Router router;
    private final Identification identification;
    private final Authorizer authorizer;
    private final AuditHop audit;
    private final ReplyWriter writer;
    private final BooleanSupplier isSealed;
    private final Hosts hosts;
    private final RequestMeter meter;

    Pipeline(
            RequestReader reader,
            Router router,
            Identification identification,
            Authorizer authorizer,
            AuditHop audit,
            ReplyWriter writer,
            BooleanSupplier isSealed,
            Hosts hosts,
            RequestMeter meter) {
        this.reader = reader;
        this.router = router;
        this.identification = identification;
        this.authorizer = authorizer;
        this.audit = audit;
        this.writer = writer;
        this.isSealed = isSealed;
        this.hosts = hosts;
        this.meter = meter;
    }

    /** Answers a request, whatever goes wrong on the way. */
    void serve(HttpServerRequest http) {
        Exchange exchange = new Exchange(http);
        attempted(() -> {
                    hosts.check(http);
                    return reader.read(http);
                })
                .onFailure(unreadable -> exchange.failed("none", "", unreadable))
                .onSuccess(request -> serve(exchange, request));
    }

    private void serve(Exchange exchange, Request request) {
        Resolved found;
        try {
            found = router.find(request.verb(), request.path());
        } catch (RuntimeException thrown) {
            exchange.failed("none", request.id(), thrown);
            return;
        }
        String place = place(request, found);
        attempted(() -> answer(request, found, exchange.head))
                .onFailure(thrown -> exchange.failed(place, request.id(), thrown))
                .onSuccess(reply -> exchange.served(place, request.id(), reply));
    }

    /** The first segment of a path that leads somewhere: few, however many paths are asked for. */
    private static String place(Request request, Resolved found) {
        return found.route() != null ? request.path().get(0) : "none";
    }

    private Future<Reply> answer(Request request, Resolved found, boolean head) {
        Route route = found.route();
        if (route != null && route.effect() == Route.Effect.WHILE_SEALED) {
            return attempted(() -> handled(route, request, Caller.NOBODY, found, head));
        }
        if (isSealed.getAsBoolean()) {
            return Future.failedFuture(
                    ApiException.sealedUp("Daypass is sealed: unseal it first (daypass operator unseal)"));
        }
        if (route != null && route.access() == Route.Access.OPEN) {
            return audit.around(
                    request,
                    Caller.NOBODY,
                    found.variables(),
                    () -> handled(route, request, Caller.NOBODY, found, head));
        }
        return identification
                .identify(request.token().reveal())
                .compose(who -> attempted(() -> audit.around(request, who.caller(), found.variables(), () -> {
                            check(found, request, who.caller());
                            checkUses(route, who);
                            return handled(route, request, who.caller(), found, head);
                        }))
                        .onComplete(done -> who.release()));
    }

    private void check(Resolved found, Request request, Caller caller) {
        Route route = found.route();
        if (caller.n() == 0) {
            throw ApiException.denied();
        }
        if (route != null && route.access() == Route.Access.ANY_TOKEN) {
            return;
        }
        String path = request.pathText();
        Capability needed = capability(found, request);
        boolean sudo = route != null && route.access() == Route.Access.SUDO;
        boolean allowed =
                sudo ? authorizer.allowsAsSudo(caller, needed, path) : authorizer.allows(caller, needed, path);
        if (!allowed) {
            throw ApiException.denied();
        }
    }

    private static void checkUses(@Nullable Route route, Identification.Known who) {
        if (who.lastUse() && route != null && route.effect() == Route.Effect.ISSUES) {
            throw ApiException.badRequest("this was the last use of a token with a limited number of uses, and what it"
                    + " mints would end with it at once: nothing was minted; ask with a token that has a use left");
        }
    }

    private static Capability capability(Resolved found, Request request) {
        return switch (request.verb()) {
            case READ -> Capability.READ;
            case LIST -> Capability.LIST;
            case PATCH -> Capability.PATCH;
            case DELETE -> Capability.DELETE;
            case WRITE -> {
                Route route = found.route();
                boolean there = route == null || route.exists().test(found.variables());
                yield there ? Capability.UPDATE : Capability.CREATE;
            }
        };
    }

    private static Future<Reply> handled(
            @Nullable Route route, Request request, Caller caller, Resolved found, boolean head) {
        if (route == null) {
            throw found.otherVerb()
                    ? ApiException.unsupported("unsupported operation")
                    : ApiException.notFound("no handler for route \"" + request.pathText()
                            + "\": nothing is mounted there (daypass secrets list shows what is)");
        }
        if (head && route.effect() == Route.Effect.ISSUES) {
            throw ApiException.unsupported("HEAD would mint a credential that nobody gets; use GET");
        }
        return route.handler().serve(new Call(request, caller, found.variables()));
    }

    private static <T> Future<T> attempted(Supplier<Future<T>> step) {
        try {
            return step.get();
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /** One request's way out. Touched on its event loop only. */
    private final class Exchange {
        private final long began = System.nanoTime();
        private final HttpServerResponse response;
        private final boolean head;
        private boolean gone;

        private Exchange(HttpServerRequest http) {
            response = http.response();
            head = HttpMethod.HEAD.equals(http.method());
            response.closeHandler(closed -> gone = true);
            response.exceptionHandler(broken -> gone = true);
        }

        private void served(String place, String requestId, Reply reply) {
            if (gone || response.closed()) {
                measured(place, reply.status());
                reply.undelivered().run();
                return;
            }
            try {
                writer.write(response, requestId, reply, head);
                measured(place, reply.status());
            } catch (RuntimeException unwritable) {
                reply.undelivered().run();
                failed(place, requestId, unwritable);
            }
        }

        private void failed(String place, String requestId, Throwable thrown) {
            ApiException error = Errors.of(thrown, requestId);
            measured(place, error.kind().status());
            if (response.headWritten()) {
                response.reset();
            } else if (!gone) {
                writer.error(response, error, head);
            }
        }

        private void measured(String place, int status) {
            meter.served(place, status, System.nanoTime() - began);
        }
    }
}
