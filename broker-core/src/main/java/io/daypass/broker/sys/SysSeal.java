package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.seal.Initialized;
import io.daypass.broker.seal.SealException;
import io.daypass.broker.seal.SealStatus;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code sys/init}, {@code seal-status}, {@code unseal} and {@code seal}. */
public final class SysSeal {
    private static final List<String> NO_PGP = List.of("pgp_keys", "root_token_pgp_key", "recovery_pgp_keys");

    private final Sealing sealing;
    private final Predicate<String> mayInit;
    private final String clusterName;
    private final String clusterId;

    /**
     * @param sealing what is asked
     * @param mayInit from which addresses {@code sys/init} is answered
     * @param clusterName from the configuration
     * @param clusterId a UUID of this store's
     */
    public SysSeal(Sealing sealing, Predicate<String> mayInit, String clusterName, String clusterId) {
        this.sealing = sealing;
        this.mayInit = mayInit;
        this.clusterName = clusterName;
        this.clusterId = clusterId;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.READ, "sys/seal-status", call -> status()).whileSealed(),
                Route.of(Verb.READ, "sys/init", call -> initialized()).whileSealed(),
                Route.of(Verb.WRITE, "sys/init", this::init).whileSealed(),
                Route.of(Verb.WRITE, "sys/unseal", this::unseal).whileSealed(),
                Route.of(Verb.WRITE, "sys/seal", this::seal).needs(Route.Access.SUDO));
    }

    private Future<Reply> status() {
        return Future.succeededFuture(shown(sealing.status()));
    }

    private Reply shown(SealStatus status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", status.type());
        body.put("initialized", status.initialized());
        body.put("sealed", status.sealed());
        body.put("t", status.threshold());
        body.put("n", status.shares());
        body.put("progress", status.progress());
        body.put("nonce", status.nonce());
        body.put("version", SysStatus.VERSION);
        body.put("migration", false);
        body.put("recovery_seal", false);
        body.put("storage_type", "sqlite");
        if (!status.sealed()) {
            body.put("cluster_name", clusterName);
            body.put("cluster_id", clusterId);
        }
        return Reply.bare(200, body);
    }

    private Future<Reply> initialized() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("initialized", sealing.status().initialized());
        return Future.succeededFuture(Reply.bare(200, body));
    }

    private Future<Reply> init(Call call) {
        if (!mayInit.test(call.request().remote())) {
            throw ApiException.denied();
        }
        Params params = new Params(call.request().body());
        NO_PGP.forEach(name -> refuse(params, name));
        int shares = params.count("secret_shares").orElse(5);
        int threshold = params.count("secret_threshold").orElse(Math.min(3, shares));
        return sealing.init(shares, threshold)
                .map(made -> Reply.bare(200, shown(made)))
                .recover(SysSeal::refused);
    }

    /** Whoever asks for encrypted shares must not be handed them in clear. */
    private static void refuse(Params params, String name) {
        if (params.list(name).stream().anyMatch(key -> !key.isBlank())) {
            throw ApiException.badRequest(
                    name + ": shares and tokens can't be encrypted to PGP keys here; leave it out,"
                            + " and hand them over in another safe way. Nothing was initialized");
        }
    }

    private static ObjectNode shown(Initialized<String> made) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        made.keys().forEach(body.putArray("keys")::add);
        made.keysBase64().forEach(body.putArray("keys_base64")::add);
        body.put("root_token", made.first());
        return body;
    }

    private Future<Reply> unseal(Call call) {
        Params params = new Params(call.request().body());
        params.flag("migrate", false);
        if (params.flag("reset", false)) {
            return Future.succeededFuture(shown(sealing.reset()));
        }
        return sealing.unseal(params.text("key").orElse("")).map(this::shown).recover(SysSeal::refused);
    }

    private Future<Reply> seal(Call call) {
        return sealing.seal()
                .map(dueWithinTheHour -> Reply.none()
                        .warnings(
                                dueWithinTheHour == 0
                                        ? List.of()
                                        : List.of(dueWithinTheHour
                                                + " leases come due within the hour; while it is sealed they end in their targets"
                                                + " only where those enforce an expiry")));
    }

    private static Future<Reply> refused(Throwable thrown) {
        Throwable cause = thrown.getCause() instanceof SealException ? thrown.getCause() : thrown;
        return Future.failedFuture(
                cause instanceof SealException refusal
                        ? ApiException.badRequest(String.valueOf(refusal.getMessage()))
                        : thrown);
    }

    /** What these paths ask. */
    public interface Sealing {
        /** How things stand. */
        SealStatus status();

        /** Makes the keyring and the first token. */
        Future<Initialized<String>> init(int shares, int threshold);

        /** Takes a share, and wakes everything once there are enough. */
        Future<SealStatus> unseal(String share);

        /** Forgets the shares given so far. */
        SealStatus reset();

        /**
         * Puts everything to rest and closes the barrier.
         *
         * @return how many leases come due within the hour
         */
        Future<Long> seal();
    }
}
