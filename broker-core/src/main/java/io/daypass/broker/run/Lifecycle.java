package io.daypass.broker.run;

import io.daypass.broker.api.Stages;
import io.daypass.broker.event.Subscriptions;
import io.daypass.broker.identity.TokenMint;
import io.daypass.broker.identity.Tokens;
import io.daypass.broker.mount.Mounts;
import io.daypass.broker.policy.PasswordPolicies;
import io.daypass.broker.policy.Policies;
import io.daypass.broker.seal.Initialized;
import io.daypass.broker.seal.SealControl;
import io.daypass.broker.seal.SealStatus;
import io.daypass.broker.sys.SysSeal;
import io.daypass.broker.sys.SysStatus;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.Reaper;
import io.daypass.lease.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What begins when the barrier opens and ends before it closes. Until all of it has begun, and as soon as any of it is
 * to end, requests are answered as when it is sealed.
 */
public final class Lifecycle implements SysSeal.Sealing, SysStatus.Standing {
    private static final long ROTATION_CHECK_MILLIS = 60_000;
    private static final long ENTRIES_CHECK_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Vertx vertx;
    private final Store store;
    private final SealControl seal;
    private final Policies policies;
    private final PasswordPolicies passwords;
    private final Mounts mounts;
    private final Tokens tokens;
    private final TokenMint mint;
    private final Subscriptions subscriptions;
    private final Supplier<Reaper> reapers;
    private volatile boolean awake;
    private volatile @Nullable ReaperTimer timer;
    private volatile @Nullable Reaper reaper;
    private Future<Void> change = Future.succeededFuture();

    /**
     * @param vertx whose timers are used
     * @param store what is kept
     * @param seal opens and closes the barrier
     * @param policies to be read when it opens
     * @param passwords to be read when it opens
     * @param mounts to be opened with it
     * @param tokens to be forgotten when it closes
     * @param mint makes the first token
     * @param subscriptions to be ended when it closes
     * @param reapers makes a reaper
     */
    public Lifecycle(
            Vertx vertx,
            Store store,
            SealControl seal,
            Policies policies,
            PasswordPolicies passwords,
            Mounts mounts,
            Tokens tokens,
            TokenMint mint,
            Subscriptions subscriptions,
            Supplier<Reaper> reapers) {
        this.vertx = vertx;
        this.store = store;
        this.seal = seal;
        this.policies = policies;
        this.passwords = passwords;
        this.mounts = mounts;
        this.tokens = tokens;
        this.mint = mint;
        this.subscriptions = subscriptions;
        this.reapers = reapers;
        store.outbox().listen(committed -> {
            ReaperTimer armed = timer;
            if (armed != null) {
                armed.committed(committed);
            }
        });
    }

    /** Learns how the store is sealed, and begins if it needs nobody's help to be opened. */
    public Future<Void> start() {
        vertx.setPeriodic(ROTATION_CHECK_MILLIS, tick -> rotateIfDue());
        vertx.setPeriodic(ENTRIES_CHECK_MILLIS, tick -> lookAtEntries());
        return Stages.here(seal.start()).compose(status -> unlessSealed());
    }

    /** Ends everything and closes the barrier. For when the server stops. */
    public Future<Void> stop() {
        // The barrier closes even if something would not come to rest.
        return inTurn(() -> rest().onComplete(rested -> seal.seal()));
    }

    /** The reaper at work; null while it is sealed. */
    public @Nullable Reaper reaper() {
        return reaper;
    }

    @Override
    public boolean initialized() {
        return seal.status().initialized();
    }

    @Override
    public boolean sealed() {
        return !awake;
    }

    @Override
    public SealStatus status() {
        return seal.status();
    }

    @Override
    public Future<Initialized<String>> init(int shares, int threshold) {
        return init(shares, threshold, "");
    }

    /**
     * The same, with a text of its own to be the first token.
     *
     * @param token empty: a random one
     */
    public Future<Initialized<String>> init(int shares, int threshold, String token) {
        return Stages.here(seal.init(shares, threshold, () -> firstToken(token)))
                .compose(made -> unlessSealed().map(made));
    }

    private void lookAtEntries() {
        if (awake) {
            mounts.look();
        }
    }

    private void rotateIfDue() {
        if (awake && seal.rotationDue()) {
            seal.rotate().whenComplete((version, failed) -> {
                if (failed == null) {
                    LOG.atInfo()
                            .addKeyValue("version", version)
                            .log("the keyring has a new key, as the last one was used much");
                } else {
                    LOG.atError().setCause(failed).log("the keyring could not be given a new key; it is tried again");
                }
            });
        }
    }

    private CompletionStage<String> firstToken(String token) {
        return mint.root(token).map(minted -> minted.token().reveal()).toCompletionStage();
    }

    private Future<Void> unlessSealed() {
        return seal.status().sealed() ? Future.succeededFuture() : wake();
    }

    @Override
    public Future<SealStatus> unseal(String share) {
        return Stages.here(seal.unseal(share)).compose(status -> unlessSealed().map(status));
    }

    @Override
    public SealStatus reset() {
        return seal.reset();
    }

    @Override
    public Future<Long> seal() {
        return dueWithinTheHour().compose(due -> stop().map(due));
    }

    private Future<Long> dueWithinTheHour() {
        Instant soon = store.clock().instant().plus(Duration.ofHours(1));
        return Stages.here(
                store.leases().count(new LeaseFilter("", null, null, null, null, null, 0, soon, Long.MAX_VALUE)));
    }

    private Future<Void> wake() {
        return inTurn(() -> awake ? Future.succeededFuture() : begin());
    }

    private Future<Void> begin() {
        return policies.load()
                .compose(done -> passwords.load())
                .compose(done -> mounts.start())
                .onSuccess(done -> {
                    Reaper made = reapers.get();
                    ReaperTimer armed = new ReaperTimer(vertx, made, store.clock());
                    reaper = made;
                    timer = armed;
                    armed.start();
                    awake = true;
                    LOG.info("unsealed: leases are issued and ended");
                })
                .onFailure(failed -> {
                    LOG.atError().setCause(failed).log("opening failed; it is sealed again");
                    seal.seal();
                });
    }

    private Future<Void> rest() {
        if (!awake) {
            return Future.succeededFuture();
        }
        awake = false;
        subscriptions.stopAll();
        ReaperTimer armed = timer;
        Reaper working = reaper;
        timer = null;
        reaper = null;
        if (working != null) {
            working.stop();
        }
        Future<Void> reaped = armed == null ? Future.succeededFuture() : armed.stop();
        return reaped.compose(done -> mounts.stop()).onComplete(done -> {
            policies.forget();
            passwords.forget();
            tokens.forget();
            LOG.info("sealed: nothing is issued or ended until it is unsealed");
        });
    }

    /** One change of state after the other. */
    private synchronized Future<Void> inTurn(Supplier<Future<Void>> next) {
        change = change.transform(before -> next.get());
        return change;
    }
}
