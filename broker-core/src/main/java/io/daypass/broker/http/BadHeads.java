package io.daypass.broker.http;

import io.daypass.broker.api.ApiException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** Answers what can't be read as a request at all, and hangs up: where the next one would begin is unknown. */
final class BadHeads {
    private final ReplyWriter writer;
    private final RequestMeter meter;
    private final int longestLine;
    private final int longestHead;

    BadHeads(ReplyWriter writer, RequestMeter meter, int longestLine, int longestHead) {
        this.writer = writer;
        this.meter = meter;
        this.longestLine = longestLine;
        this.longestHead = longestHead;
    }

    void answer(HttpServerRequest http) {
        ApiException error = error(http.decoderResult().cause());
        meter.served("none", error.kind().status(), 0);
        http.response().putHeader("Connection", "close");
        writer.error(http.response(), error, false)
                .onComplete(sent -> http.connection().close());
    }

    /** The parser's own text may hold what was sent, a token among it, so it is not passed on. */
    private ApiException error(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return ApiException.pathTooLong(
                    "the request's first line is longer than " + longestLine + " bytes; send what is long in the body");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return ApiException.headTooLarge("the request's headers are longer than " + longestHead
                    + " bytes together; send less, or raise listen.max_header");
        }
        return ApiException.badRequest("this can't be read as an HTTP request");
    }
}
