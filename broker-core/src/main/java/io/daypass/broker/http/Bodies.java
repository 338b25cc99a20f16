package io.daypass.broker.http;

import io.daypass.broker.api.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads requests' bodies. Whoever sends one has not said yet who they are, so there is a bound to each and to the memory
 * that all of them hold together while they come in; short ones are always read, so that those who send long ones slowly
 * keep nobody else out. One for all event loops.
 */
public final class Bodies {
    private static final long SHORT = 16 * 1024;

    private final long longest;
    private final long together;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param longest the longest body, in bytes
     * @param together how much those that aren't short may hold, in bytes; as much as one of them in any case
     */
    public Bodies(long longest, long together) {
        this.longest = longest;
        this.together = Math.max(longest, together);
    }

    /** Reads a body. Fails with an {@link ApiException} if it is too long, breaks off, or finds no room. */
    Future<byte[]> read(HttpServerRequest http) {
        Reading reading = new Reading(http);
        http.exceptionHandler(gone -> reading.fail(ApiException.badRequest("the request broke off")));
        http.handler(reading::chunk);
        http.endHandler(end -> reading.end());
        if (declaredLength(http) > longest) {
            // Before the sender has sent it all, and even if it never does.
            reading.fail(tooLarge());
        }
        return reading.body.future();
    }

    /** Takes room for so many bytes, if there is. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= together) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    /** Gives back room that was taken. */
    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    private ApiException tooLarge() {
        return ApiException.tooLarge(
                "the body is longer than " + longest + " bytes; send less, or raise listen.max_body");
    }

    private static long declaredLength(HttpServerRequest http) {
        String length = http.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException unreadable) {
            // The server's own parser has its say about it; what comes is counted in any case.
            return 0;
        }
    }

    /** One body. Touched on its request's event loop only. */
    private final class Reading {
        private final HttpServerRequest http;
        private final Promise<byte[]> body = Promise.promise();
        private Buffer bytes = Buffer.buffer();
        private long length;
        private long taken;
        private boolean over;

        private Reading(HttpServerRequest http) {
            this.http = http;
        }

        private void chunk(Buffer chunk) {
            length += chunk.length();
            if (length > 2 * longest) {
                // Most clients read no answer before all is sent, so a body that is a little too long is let through to
                // nowhere. One that goes on all the same is cut off.
                http.connection().close();
            } else if (over) {
                return;
            } else if (length > longest) {
                fail(tooLarge());
            } else if (length > SHORT && !takeUpTo(length)) {
                fail(ApiException.busy("too many long bodies are being sent at once; try again"));
            } else {
                bytes.appendBuffer(chunk);
            }
        }

        private boolean takeUpTo(long all) {
            if (!take(all - taken)) {
                return false;
            }
            taken = all;
            return true;
        }

        private void end() {
            if (!over) {
                byte[] all = bytes.getBytes();
                release();
                body.complete(all);
            }
        }

        private void fail(ApiException why) {
            if (!over) {
                release();
                body.fail(why);
            }
        }

        private void release() {
            over = true;
            bytes = Buffer.buffer();
            giveBack(taken);
        }
    }
}
