package io.daypass.broker.http;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Request;
import io.daypass.broker.api.Verb;
import io.daypass.plugin.Secret;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Reads a request from HTTP, once; everything after it works on what this made of it. */
final class RequestReader {
    private static final String ROOT = "/v1";
    private static final int LONGEST_REASON = 256;

    private final Bodies bodies;
    private final Supplier<String> ids;

    /**
     * @param bodies reads them
     * @param ids gives each request a UUID
     */
    RequestReader(Bodies bodies, Supplier<String> ids) {
        this.bodies = bodies;
        this.ids = ids;
    }

    /** Reads head and body. The future fails with an {@link ApiException} for what can't be served. */
    Future<Request> read(HttpServerRequest http) {
        return bodies.read(http).map(bytes -> parse(http, bytes));
    }

    private Request parse(HttpServerRequest http, byte[] bytes) {
        MultiMap headers = http.headers();
        checkHeaders(headers);
        Map<String, String> query = query(http);
        return new Request(
                ids.get(),
                verb(http.method().name(), query),
                path(http.path()),
                Json.object(bytes),
                query,
                reason(headers),
                String.valueOf(http.remoteAddress().hostAddress()),
                first(headers),
                Secret.of(Credentials.token(headers).orElse("")));
    }

    private static List<String> path(String raw) {
        String path = raw.startsWith("//") ? raw.replaceFirst("^/+", "/") : raw;
        if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
            throw ApiException.notFound("there is nothing here; the API begins at " + ROOT + "/");
        }
        return PathReader.segments(path.substring(ROOT.length()));
    }

    private static Verb verb(String method, Map<String, String> query) {
        boolean list = "true".equals(query.get("list"));
        return switch (method) {
            case "GET", "HEAD" -> list ? Verb.LIST : Verb.READ;
            case "LIST" -> Verb.LIST;
            case "POST", "PUT" -> Verb.WRITE;
            case "PATCH" -> Verb.PATCH;
            case "DELETE" -> Verb.DELETE;
            default ->
                throw ApiException.unsupported("the method " + method.toUpperCase(Locale.ROOT)
                        + " is not known here; use GET, LIST, POST, PUT, PATCH or DELETE");
        };
    }

    private static Map<String, String> query(HttpServerRequest http) {
        Map<String, String> query = new HashMap<>();
        for (Map.Entry<String, String> parameter : http.params()) {
            query.putIfAbsent(parameter.getKey(), parameter.getValue());
        }
        return query;
    }

    private static Map<String, String> first(MultiMap headers) {
        Map<String, String> first = new HashMap<>();
        for (Map.Entry<String, String> header : headers) {
            first.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
        }
        first.remove("x-vault-token");
        first.remove("authorization");
        return first;
    }

    private static String reason(MultiMap headers) {
        String sent = headers.get("X-Daypass-Reason");
        if (sent == null) {
            return "";
        }
        String reason = utf8(sent);
        if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.badRequest(
                    "X-Daypass-Reason: at most " + LONGEST_REASON + " characters, none of them a control character");
        }
        return reason;
    }

    /** A header's text, which is read as Latin-1 whatever it was sent as: as UTF-8 if it can be that, else as it is. */
    private static String utf8(String latin1) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException otherCharset) {
            return latin1;
        }
    }

    private static void checkHeaders(MultiMap headers) {
        if (!sent(headers, "X-Vault-Wrap-TTL").isEmpty()) {
            throw ApiException.badRequest("X-Vault-Wrap-TTL: response wrapping is not supported yet; leave it out");
        }
        if (!sent(headers, "X-Vault-Namespace").replace("/", "").isEmpty()) {
            throw ApiException.badRequest("X-Vault-Namespace: there are no namespaces here; leave it out");
        }
    }

    private static String sent(MultiMap headers, String name) {
        String value = headers.get(name);
        return value == null ? "" : value.strip();
    }
}
