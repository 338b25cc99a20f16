package io.daypass.broker.http;

import io.daypass.config.HostPort;
import io.daypass.config.Listen;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/** The listener that serves metrics, without a token, to whoever reaches it. */
public final class MetricsFront extends VerticleBase {
    private static final int MOST_CONNECTIONS = 64;
    private static final String PATH = "/metrics";

    private final Listen listen;
    private final HostPort address;
    private final String contentType;
    private final Supplier<Future<String>> scrape;
    private final Connections connections;

    /**
     * @param listen how long clients may take
     * @param address where it listens
     * @param contentType of what is scraped
     * @param scrape what there is to say now
     */
    public MetricsFront(Listen listen, HostPort address, String contentType, Supplier<Future<String>> scrape) {
        this.listen = listen;
        this.address = address;
        this.contentType = contentType;
        this.scrape = scrape;
        this.connections = new Connections(new ConnectionLimit(MOST_CONNECTIONS), Listener.times(listen));
    }

    @Override
    public Future<?> start() {
        HttpServer server = vertx.createHttpServer(Listener.plain(listen))
                .connectionHandler(connections::opened)
                .requestHandler(this::serve);
        vertx.setPeriodic(Connections.SWEEP_MILLIS, tick -> connections.sweep());
        return server.listen(address.port(), address.host());
    }

    private void serve(HttpServerRequest request) {
        connections.asked(request);
        if (!PATH.equals(request.path())) {
            request.response().setStatusCode(404).end();
            return;
        }
        scrape.get()
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", contentType)
                        .end(text))
                .onFailure(failed -> request.response().setStatusCode(500).end());
    }
}
