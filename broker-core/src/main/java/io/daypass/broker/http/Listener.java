package io.daypass.broker.http;

import io.daypass.config.Listen;
import io.daypass.config.Tls;
import io.daypass.config.TlsVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Set;

/** How HTTP is listened for. */
public final class Listener {
    private static final int LONGEST_LINE = 8_192;
    private static final int IDLE_SECONDS = 120;

    private Listener() {}

    /** What the configuration says, in Vert.x's terms. */
    public static HttpServerOptions options(Listen listen) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(listen.address().host())
                .setPort(listen.address().port())
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize((int) listen.maxHeader().bytes())
                .setHandle100ContinueAutomatically(true)
                // Nobody speaks WebSocket here; each of these is a handler that looks at every request.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setIdleTimeout(IDLE_SECONDS);
        listen.tls().ifPresent(tls -> secure(options, tls));
        return options;
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
