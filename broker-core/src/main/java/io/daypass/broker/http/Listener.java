package io.daypass.broker.http;

import io.daypass.config.Listen;
import io.daypass.config.Tls;
import io.daypass.config.TlsVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How HTTP is listened for. */
public final class Listener {
    private static final int LONGEST_LINE = 8_192;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private Listener() {}

    /** What the configuration says, in Vert.x's terms. */
    public static HttpServerOptions options(Listen listen) {
        HttpServerOptions options = plain(listen)
                .setHost(listen.address().host())
                .setPort(listen.address().port());
        listen.tls().ifPresent(tls -> secure(options, tls));
        return options;
    }

    /** The same for a listener without TLS, at another address. */
    static HttpServerOptions plain(Listen listen) {
        return new HttpServerOptions()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize((int) listen.maxHeader().bytes())
                .setHandle100ContinueAutomatically(true)
                // Nobody speaks WebSocket here; each of these is a handler that looks at every request.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setIdleTimeout((int) IDLE.toSeconds())
                .setSslHandshakeTimeout(listen.headTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                // With it, a connection that sends nothing is not yet one to Vert.x, and nobody counts it. Clients that
                // offer the upgrade are answered by HTTP/1.1.
                .setHttp2ClearTextEnabled(false);
    }

    /** How long a client may take, in the configuration's terms. */
    static Connections.Times times(Listen listen) {
        return new Connections.Times(listen.headTimeout(), listen.bodyTimeout(), IDLE);
    }

    private static void secure(HttpServerOptions options, Tls tls) {
        Set<String> versions =
                tls.minVersion() == TlsVersion.TLS_1_3 ? Set.of("TLSv1.3") : Set.of("TLSv1.3", "TLSv1.2");
        options.setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(versions)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString()));
    }
}
