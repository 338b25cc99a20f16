package io.daypass.broker.api;

import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What serves a verb on a path.
 *
 * @param verb what is to be done
 * @param pattern segments, {@code {name}} for one that varies, {@code {name...}} at the end for all the rest (at least
 *     one)
 * @param access who may
 * @param effect what serving it does, beyond answering
 * @param exists whether what a WRITE addresses is there already, from the variables: {@code update} then, else {@code
 *     create}
 * @param handler serves it, on an event loop, without blocking
 */
public record Route(
        Verb verb,
        String pattern,
        Access access,
        Effect effect,
        Predicate<Map<String, String>> exists,
        Handler handler) {
    /** A route that needs a token; a WRITE to it is always {@code update}. */
    public static Route of(Verb verb, String pattern, Handler handler) {
        return new Route(verb, pattern, Access.TOKEN, Effect.NONE, variables -> true, handler);
    }

    /** The same, with other needs. */
    public Route needs(Access needed) {
        return new Route(verb, pattern, needed, effect, exists, handler);
    }

    /** The same, served by another handler. */
    public Route servedBy(Handler other) {
        return new Route(verb, pattern, access, effect, exists, other);
    }

    /** The same, minting something when it is served. */
    public Route issuing() {
        return new Route(verb, pattern, access, Effect.ISSUES, exists, handler);
    }

    /** The same for anybody, even while all is sealed, and without an audit line. */
    public Route whileSealed() {
        return new Route(verb, pattern, Access.OPEN, Effect.WHILE_SEALED, exists, handler);
    }

    /** The same, where a WRITE may create. */
    public Route creatingUnless(Predicate<Map<String, String>> there) {
        return new Route(verb, pattern, access, effect, there, handler);
    }

    /** Who may use a route. */
    public enum Access {
        /** Anybody; no token is looked at. */
        OPEN,
        /** Any live token; no policy is asked. For what a token may always do with itself. */
        ANY_TOKEN,
        /** A token whose policies say so. */
        TOKEN,
        /** A token whose policies say so, with {@code sudo} too. */
        SUDO
    }

    /** What serving a route does. */
    public enum Effect {
        /** What its verb says. */
        NONE,
        /** It mints something, so HEAD is refused. */
        ISSUES,
        /** It works while all is sealed, when there is no key to write audit lines with, and so has none. */
        WHILE_SEALED
    }

    /** Serves a call. */
    @FunctionalInterface
    public interface Handler {
        /**
         * @return the reply, or a failed future with an {@link ApiException}
         */
        Future<Reply> serve(Call call);
    }
}
