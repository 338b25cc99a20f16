package io.daypass.broker.identity;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Verb;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code auth/token/*}: making, looking up and renewing tokens. */
public final class TokenRoutes {
    private final Tokens tokens;
    private final TokenMint mint;
    private final TokenRenewal renewal;
    private final Ids ids;
    private final InstantSource clock;
    private final TokenView view;

    /**
     * @param tokens finds them
     * @param mint makes them
     * @param renewal renews them
     * @param ids what accessors look like
     * @param clock the store's
     */
    public TokenRoutes(Tokens tokens, TokenMint mint, TokenRenewal renewal, Ids ids, InstantSource clock) {
        this.tokens = tokens;
        this.mint = mint;
        this.renewal = renewal;
        this.ids = ids;
        this.clock = clock;
        this.view = new TokenView(ids);
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.WRITE, "auth/token/create", this::create).issuing(),
                Route.of(Verb.WRITE, "auth/token/create-orphan", this::create)
                        .needs(Route.Access.SUDO)
                        .issuing(),
                Route.of(Verb.READ, "auth/token/lookup-self", this::lookupSelf),
                Route.of(Verb.WRITE, "auth/token/lookup-self", this::lookupSelf),
                Route.of(Verb.WRITE, "auth/token/lookup", this::lookup),
                Route.of(Verb.READ, "auth/token/lookup", this::lookupSelf),
                Route.of(Verb.WRITE, "auth/token/lookup-accessor", this::lookupAccessor),
                Route.of(Verb.WRITE, "auth/token/renew-self", this::renewSelf),
                Route.of(Verb.WRITE, "auth/token/renew", this::renew),
                Route.of(Verb.WRITE, "auth/token/renew-accessor", this::renewAccessor));
    }

    private Future<Reply> create(Call call) {
        Params params = new Params(call.request().body());
        TokenRequest asked = TokenRequest.of(params);
        return self(call)
                .compose(creator -> mint.create(
                        asked,
                        creator,
                        call.request().pathText(),
                        call.request().reason()))
                .map(minted -> Reply.auth(
                                view.auth(minted.token().reveal(), minted.n(), minted.info(), minted.renewable()),
                                minted.life().expiresAt())
                        .warnings(Stream.concat(minted.life().warnings().stream(), params.unknown().stream())
                                .toList()));
    }

    private Future<Reply> lookupSelf(Call call) {
        return self(call)
                .map(token -> Reply.data(view.lookup(call.request().token().reveal(), token, clock.instant())));
    }

    private Future<Reply> lookup(Call call) {
        Params params = new Params(call.request().body());
        String text = params.text("token").orElse(call.request().token().reveal());
        return Stages.here(tokens.live(text))
                .map(found -> Reply.data(view.lookup(text, found.orElseThrow(TokenRoutes::bad), clock.instant())));
    }

    private Future<Reply> lookupAccessor(Call call) {
        return byAccessor(new Params(call.request().body()))
                .map(token -> Reply.data(view.lookup("", token, clock.instant())));
    }

    private Future<Reply> renewSelf(Call call) {
        Params params = new Params(call.request().body());
        return self(call).compose(token -> renew(call.request().token().reveal(), token, params));
    }

    private Future<Reply> renew(Call call) {
        Params params = new Params(call.request().body());
        String text = params.text("token").orElse(call.request().token().reveal());
        return Stages.here(tokens.live(text))
                .compose(found -> renew(text, found.orElseThrow(TokenRoutes::bad), params));
    }

    private Future<Reply> renewAccessor(Call call) {
        Params params = new Params(call.request().body());
        return byAccessor(params).compose(token -> renew("", token, params));
    }

    private Future<Reply> renew(String text, Token token, Params params) {
        Optional<Duration> increment = params.duration("increment").filter(asked -> !asked.isZero());
        return renewal.renew(token, increment)
                .map(life -> Reply.auth(
                                view.auth(
                                        text,
                                        token.n(),
                                        token.info(),
                                        token.lease().renewable()),
                                life.expiresAt())
                        .warnings(life.warnings()));
    }

    private Future<Token> self(Call call) {
        return Stages.here(tokens.byNumber(call.caller().n())).map(found -> found.orElseThrow(ApiException::denied));
    }

    private Future<Token> byAccessor(Params params) {
        OptionalLong n = ids.accessorNumber(params.required("accessor"));
        if (n.isEmpty()) {
            return Future.failedFuture(noAccessor());
        }
        return Stages.here(tokens.byNumber(n.getAsLong()))
                .map(found -> found.filter(tokens::isLive).orElseThrow(TokenRoutes::noAccessor));
    }

    private static ApiException bad() {
        return ApiException.denied();
    }

    private static ApiException noAccessor() {
        return ApiException.badRequest("accessor: no live token has it; LIST auth/token/accessors shows those that do");
    }
}
