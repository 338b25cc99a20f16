package io.daypass.broker.http;

import io.daypass.broker.audit.Audit;
import io.daypass.broker.identity.Identification;
import io.daypass.broker.identity.Ids;
import io.daypass.broker.policy.Authorizer;
import io.daypass.config.Listen;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The HTTP server on one event loop; several share the port. */
public final class HttpFront extends VerticleBase {
    /** What the fronts that share a port have in common while none of them knows which it is. */
    private static final int ANY_PORT = 1;

    private final HttpServerOptions options;
    private final Connections connections;
    private final BadHeads badHeads;
    private final Pipeline pipeline;
    private @Nullable HttpServer server;

    /**
     * @param listen where and how to listen
     * @param limit how many may be connected, with those of other fronts
     * @param bodies reads those of requests
     * @param requestIds gives each request a UUID
     * @param router finds what serves a path
     * @param identification says who asks
     * @param authorizer says what they may
     * @param audit writes it down
     * @param ids what accessors are made by
     * @param clock what {@code lease_duration} is worked out by
     * @param isSealed whether next to nothing is served
     * @param hosts which it answers to
     * @param meter hears how long requests took
     */
    public HttpFront(
            Listen listen,
            ConnectionLimit limit,
            Bodies bodies,
            Supplier<String> requestIds,
            Router router,
            Identification identification,
            Authorizer authorizer,
            Audit audit,
            Ids ids,
            InstantSource clock,
            BooleanSupplier isSealed,
            Hosts hosts,
            RequestMeter meter) {
        this.options = Listener.options(listen);
        this.connections = new Connections(limit, Listener.times(listen));
        ReplyWriter writer = new ReplyWriter(clock);
        this.badHeads = new BadHeads(writer, meter, options.getMaxInitialLineLength(), options.getMaxHeaderSize());
        this.pipeline = new Pipeline(
                new RequestReader(bodies, requestIds),
                router,
                identification,
                authorizer,
                new AuditHop(audit, ids, clock),
                writer,
                isSealed,
                hosts,
                meter);
    }

    /** Takes no more connections; requests under way have that long. */
    public Future<Void> shutdown(Duration grace) {
        return server == null ? Future.succeededFuture() : server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<?> start() {
        HttpServer made = vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .invalidRequestHandler(badHeads::answer)
                .requestHandler(request -> {
                    connections.asked(request);
                    pipeline.serve(request);
                });
        server = made;
        vertx.setPeriodic(Connections.SWEEP_MILLIS, tick -> connections.sweep());
        return made.listen(
                options.getPort() == 0
                        ? SocketAddress.sharedRandomPort(ANY_PORT, options.getHost())
                        : SocketAddress.inetSocketAddress(options.getPort(), options.getHost()));
    }

    /** The port it listens on; 0 before it does. */
    public int port() {
        return server == null ? 0 : server.actualPort();
    }
}
