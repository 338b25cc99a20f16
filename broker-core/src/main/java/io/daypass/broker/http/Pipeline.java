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

    void serve(HttpServerRequest http) {
        long began = System.nanoTime();
        HttpServerResponse response = http.response();
        boolean head = HttpMethod.HEAD.equals(http.method());
        Gone gone = new Gone();
        response.closeHandler(closed -> gone.gone = true);
        response.exceptionHandler(broken -> gone.gone = true);
        Future<Request> read;
        try {
            hosts.check(http);
            read = reader.read(http);
        } catch (ApiException refused) {
            read = Future.failedFuture(refused);
        }
        read.onFailure(unreadable -> {
                    ApiException error = Errors.of(unreadable, "");
                    meter.served("none", error.kind().status(), System.nanoTime() - began);
                    writer.error(response, error, head);
                })
                .onSuccess(request -> {
                    Resolved found = router.find(request.verb(), request.path());
                    String place = place(request, found);
                    answer(request, found, head)
                            .onFailure(thrown -> {
                                ApiException error = Errors.of(thrown, request.id());
                                meter.served(place, error.kind().status(), System.nanoTime() - began);
                                if (!gone.gone) {
                                    writer.error(response, error, head);
                                }
                            })
                            .onSuccess(reply -> {
                                meter.served(place, reply.status(), System.nanoTime() - began);
                                if (gone.gone || response.closed()) {
                                    reply.undelivered().run();
                                } else {
                                    writer.write(response, request.id(), reply, head);
                                }
                            });
                });
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
                .compose(who -> audit.around(request, who.caller(), found.variables(), () -> {
                            check(found, request, who.caller());
                            checkUses(route, who);
                            return handled(route, request, who.caller(), found, head);
                        })
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

    private static Future<Reply> attempted(Serving serving) {
        try {
            return serving.serve();
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /** What may throw an {@link ApiException} or answer it. */
    @FunctionalInterface
    private interface Serving {
        Future<Reply> serve();
    }

    /** Whether the client went away. Touched on the request's event loop only. */
    private static final class Gone {
        private boolean gone;
    }
}
