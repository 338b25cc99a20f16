package io.daypass.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The broker's API. Speaks by {@link HttpURLConnection}, since a command should feel instant: its first reply is there
 * 300 ms to 600 ms before that of {@code java.net.http.HttpClient}, which starts a selector and a pool first.
 */
public final class Broker {
    private static final int LARGEST_REPLY = 64 << 20;

    static {
        // A connection a request: a kept one may have died with the broker that is asked again after its restart.
        System.setProperty("http.keepAlive", "false");
        System.setProperty("sun.net.http.retryPost", "false");
        // A GET whose connection ends without an answer is sent once more, and the JDK has no switch for that. What the
        // first one may have minted is nobody's: the broker, which finds its client gone, revokes it.
    }

    private final Target target;
    private @Nullable SSLSocketFactory trust;

    /** @param target whom to speak to */
    public Broker(Target target) {
        this.target = target;
    }

    /** The same, where a reply may be silent for so long. */
    public Broker patience(Duration silence) {
        return new Broker(target.timeouts(target.connectTimeout(), silence));
    }

    /** The same, without a token. */
    public Broker anonymous() {
        return as(null);
    }

    /** The same, with another token; null for none. */
    public Broker as(@Nullable Secret bearer) {
        return new Broker(target.as(bearer));
    }

    /**
     * Fetches a document, unless it is the one that is there.
     *
     * @param tag what the broker called that one; empty for none
     * @throws Failure if the broker can't be reached or its answer is an error
     */
    public Fetched fetch(Call call, String tag) {
        HttpURLConnection connection = null;
        try {
            connection = open(call);
            if (!tag.isEmpty()) {
                connection.setRequestProperty("If-None-Match", tag);
            }
            int status = connection.getResponseCode();
            byte[] body = read(connection, status);
            if (status != 200 && status != 304) {
                throw Refusal.of(call, new Reply(status, parse(status, body)), target);
            }
            String now = connection.getHeaderField("ETag");
            return new Fetched(status == 304, body, now == null ? "" : now);
        } catch (IOException broken) {
            throw Unreachable.because(broken, call, target);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    /** Whom this speaks to. */
    public Target target() {
        return target;
    }

    /**
     * Sends a call and reads its reply.
     *
     * @throws Failure if the broker can't be reached or its answer is an error; by {@link Refusal}
     */
    public Reply send(Call call) {
        Reply reply = exchange(call);
        if (reply.status() >= 300) {
            throw Refusal.of(call, reply, target);
        }
        return reply;
    }

    /**
     * The same, where the answer may also be a text that is no JSON, as metrics and public keys are. A web page is no
     * answer of a broker.
     */
    public Reply sendForAny(Call call) {
        Reply reply = exchange(call, true);
        if (reply.status() >= 300) {
            throw Refusal.of(call, reply, target);
        }
        return reply;
    }

    /**
     * Sends a call and reads its reply, whatever its status is.
     *
     * @throws Failure if the broker can't be reached
     */
    public Reply exchange(Call call) {
        return exchange(call, false);
    }

    private Reply exchange(Call call, boolean orText) {
        HttpURLConnection connection = null;
        try {
            connection = open(call);
            int status = connection.getResponseCode();
            byte[] body = read(connection, status);
            String type = String.valueOf(connection.getContentType());
            if (orText && status < 300 && type.startsWith("text/") && !type.startsWith("text/html")) {
                return Reply.plain(status, body);
            }
            return new Reply(status, parse(status, body));
        } catch (IOException broken) {
            throw Unreachable.because(broken, call, target);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    /**
     * Opens a stream that goes on.
     *
     * @throws Failure if the broker can't be reached or answers an error
     * @throws IOException if the stream breaks at its start
     */
    public InputStream stream(Call call) throws IOException {
        HttpURLConnection connection = open(call);
        connection.setRequestProperty("Accept", "text/event-stream");
        int status;
        try {
            status = connection.getResponseCode();
        } catch (IOException broken) {
            throw Unreachable.because(broken, call, target);
        }
        if (status >= 300) {
            throw Refusal.of(call, new Reply(status, parse(status, read(connection, status))), target);
        }
        return connection.getInputStream();
    }

    private HttpURLConnection open(Call call) throws IOException {
        String base = target.address().toString();
        URL url = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + call.target())
                .toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        if (connection instanceof HttpsURLConnection secure && target.authority() != null) {
            secure.setSSLSocketFactory(trusting(target.authority()));
        }
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) target.connectTimeout().toMillis());
        connection.setReadTimeout((int) target.readTimeout().toMillis());
        connection.setRequestMethod(call.verb().method());
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("X-Vault-Request", "true");
        Secret bearer = target.bearer();
        if (bearer != null) {
            connection.setRequestProperty("X-Vault-Token", bearer.reveal());
        }
        String reason = target.reason();
        if (reason != null) {
            connection.setRequestProperty("X-Daypass-Reason", reason);
        }
        if (call.body() != null) {
            byte[] body = Json.text(call.body()).getBytes(StandardCharsets.UTF_8);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        return connection;
    }

    private SSLSocketFactory trusting(String authority) {
        SSLSocketFactory known = trust;
        if (known == null) {
            known = Trust.in(authority);
            trust = known;
        }
        return known;
    }

    private static byte[] read(HttpURLConnection connection, int status) throws IOException {
        InputStream stream = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        if (stream == null) {
            return new byte[0];
        }
        try (stream) {
            byte[] body = stream.readNBytes(LARGEST_REPLY + 1);
            if (body.length > LARGEST_REPLY) {
                throw Failure.of(Exit.REMOTE, "the reply is longer than 64 MiB", "ask for less");
            }
            // The JDK takes a body that is cut off for a whole one.
            boolean hasBody = status != HttpURLConnection.HTTP_NOT_MODIFIED
                    && !connection.getRequestMethod().equals("HEAD");
            if (hasBody && body.length < connection.getContentLengthLong()) {
                throw new EOFException("the answer was cut off");
            }
            return body;
        }
    }

    private JsonNode parse(int status, byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return Json.read(body);
        } catch (IOException noJson) {
            if (status >= 400) {
                return MissingNode.getInstance();
            }
            throw Failure.of(
                    Exit.REMOTE,
                    target.address() + " answered " + status + " with something that is no JSON: it may be no broker",
                    "check the address, which comes from " + target.origin());
        }
    }

    /** What {@link #fetch} got. */
    public static final class Fetched {
        private final boolean unchanged;
        private final byte[] content;
        private final String tag;

        Fetched(boolean unchanged, byte[] content, String tag) {
            this.unchanged = unchanged;
            this.content = content;
            this.tag = tag;
        }

        /** Whether it is the one that was there. */
        public boolean isUnchanged() {
            return unchanged;
        }

        /** The document; empty if it is unchanged. */
        public byte[] content() {
            return content.clone();
        }

        /** What the broker calls it; empty if it doesn't. */
        public String tag() {
            return tag;
        }
    }
}
