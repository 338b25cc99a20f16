package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Verb;
import io.daypass.broker.identity.Ids;
import io.daypass.broker.identity.Token;
import io.daypass.broker.identity.Tokens;
import io.daypass.broker.policy.Authorizer;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code sys/capabilities}, {@code -self} and {@code -accessor}: what a token may do with paths. */
public final class SysCapabilities {
    private final Authorizer authorizer;
    private final Tokens tokens;
    private final Ids ids;

    /**
     * @param authorizer who says what a caller may
     * @param tokens finds other tokens
     * @param ids what accessors look like
     */
    public SysCapabilities(Authorizer authorizer, Tokens tokens, Ids ids) {
        this.authorizer = authorizer;
        this.tokens = tokens;
        this.ids = ids;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.WRITE, "sys/capabilities-self", this::self),
                Route.of(Verb.WRITE, "sys/capabilities", this::other),
                Route.of(Verb.WRITE, "sys/capabilities-accessor", this::byAccessor));
    }

    private Future<Reply> self(Call call) {
        return Future.succeededFuture(
                answer(call.caller(), new Params(call.request().body())));
    }

    private Future<Reply> other(Call call) {
        Params params = new Params(call.request().body());
        return Stages.here(tokens.live(params.required("token")))
                .map(found -> answer(
                        found.map(Token::caller)
                                .orElseThrow(() -> ApiException.badRequest("token: no live token has this text")),
                        params));
    }

    private Future<Reply> byAccessor(Call call) {
        Params params = new Params(call.request().body());
        OptionalLong n = ids.accessorNumber(params.required("accessor"));
        if (n.isEmpty()) {
            throw noAccessor();
        }
        return Stages.here(tokens.byNumber(n.getAsLong()))
                .map(found -> answer(
                        found.filter(tokens::isLive).map(Token::caller).orElseThrow(SysCapabilities::noAccessor),
                        params));
    }

    private Reply answer(Caller caller, Params params) {
        List<String> paths = params.list("paths").isEmpty() ? params.list("path") : params.list("paths");
        if (paths.isEmpty()) {
            throw ApiException.badRequest("paths: it is required; send the paths to ask about");
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        for (String path : paths) {
            ArrayNode names = data.putArray(path);
            authorizer.capabilities(caller, asRequested(path)).forEach(names::add);
        }
        if (paths.size() == 1) {
            data.set("capabilities", data.get(paths.get(0)).deepCopy());
        }
        return Reply.legacy(data);
    }

    /** Without the slashes that a request's path would lose too. */
    private static String asRequested(String path) {
        return path.replaceAll("/{2,}", "/").replaceFirst("^/", "");
    }

    private static ApiException noAccessor() {
        return ApiException.badRequest("accessor: no live token has it");
    }
}
