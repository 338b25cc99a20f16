package io.daypass.broker;

import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.audit.Audit;
import io.daypass.broker.event.EndWatch;
import io.daypass.broker.event.Subscriptions;
import io.daypass.broker.http.Bodies;
import io.daypass.broker.http.ConnectionLimit;
import io.daypass.broker.http.Hosts;
import io.daypass.broker.http.HttpFront;
import io.daypass.broker.http.MetricsFront;
import io.daypass.broker.identity.Identification;
import io.daypass.broker.identity.Ids;
import io.daypass.broker.identity.TokenEndings;
import io.daypass.broker.identity.TokenMint;
import io.daypass.broker.identity.TokenRenewal;
import io.daypass.broker.identity.TokenRoutes;
import io.daypass.broker.identity.Tokens;
import io.daypass.broker.metric.Gauges;
import io.daypass.broker.metric.Metrics;
import io.daypass.broker.mount.MountTerms;
import io.daypass.broker.mount.Mounts;
import io.daypass.broker.mount.Parts;
import io.daypass.broker.mount.draw.Names;
import io.daypass.broker.mount.lane.LaneLimits;
import io.daypass.broker.mount.lane.Threads;
import io.daypass.broker.plugin.Plugins;
import io.daypass.broker.plugin.Reloads;
import io.daypass.broker.policy.Authorizer;
import io.daypass.broker.policy.PasswordPolicies;
import io.daypass.broker.policy.Policies;
import io.daypass.broker.run.BuildWatch;
import io.daypass.broker.run.LastLeases;
import io.daypass.broker.run.Lifecycle;
import io.daypass.broker.seal.KeyringBarrier;
import io.daypass.broker.seal.Seal;
import io.daypass.broker.seal.SealControl;
import io.daypass.broker.sys.AnyRenewal;
import io.daypass.broker.sys.Revocations;
import io.daypass.broker.sys.SysAuth;
import io.daypass.broker.sys.SysCapabilities;
import io.daypass.broker.sys.SysLeaseSets;
import io.daypass.broker.sys.SysLeases;
import io.daypass.broker.sys.SysMetrics;
import io.daypass.broker.sys.SysMounts;
import io.daypass.broker.sys.SysPasswordPolicies;
import io.daypass.broker.sys.SysPlugins;
import io.daypass.broker.sys.SysPolicies;
import io.daypass.broker.sys.SysSeal;
import io.daypass.broker.sys.SysStatus;
import io.daypass.broker.sys.SysWho;
import io.daypass.config.HostPort;
import io.daypass.config.InitFrom;
import io.daypass.config.Limits;
import io.daypass.config.ServerConfig;
import io.daypass.lease.Reaper;
import io.daypass.lease.Store;
import io.daypass.lease.Terms;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A broker, put together: every part is made here, once, and handed what it works with. */
final class Broker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The part of the heap that bodies may hold while they come in; read, copied and parsed they take several times that. */
    private static final int HEAP_FOR_BODIES = 8;

    private final Vertx vertx;
    private final ServerConfig config;
    private final Sources sources;
    private final Store store;
    private final Audit audit;
    private final Plugins plugins;
    private final String clusterId;
    private final Terms terms;
    private final Threads threads = new Threads();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KeyringBarrier barrier;
    private final Ids ids;
    private final Policies policies;
    private final PasswordPolicies passwords;
    private final Tokens tokens;
    private final TokenMint mint;
    private final Subscriptions subscriptions;
    private final EndWatch watch = new EndWatch();
    private final Bodies bodies;
    private final ConnectionLimit connections;
    private final Metrics metrics;
    private final Mounts mounts;
    private final Lifecycle lifecycle;
    private final Gauges gauges;

    Broker(
            Vertx vertx,
            ServerConfig config,
            Sources sources,
            Store store,
            AuditMaker audits,
            Plugins plugins,
            String clusterId) {
        this.vertx = vertx;
        this.config = config;
        this.sources = sources;
        this.store = store;
        this.plugins = plugins;
        this.clusterId = clusterId;
        Limits limits = config.limits();
        this.terms = new Terms(
                limits.slack(),
                limits.margin(),
                Terms.DEFAULT.quarantine(),
                Terms.DEFAULT.claim(),
                Terms.DEFAULT.firstRetry(),
                Terms.DEFAULT.lastRetry());
        this.bodies = new Bodies(
                config.listen().maxBody().bytes(), Runtime.getRuntime().maxMemory() / HEAP_FOR_BODIES);
        this.connections = new ConnectionLimit(config.listen().maxConnections());
        this.barrier = new KeyringBarrier(sources.random());
        this.audit = audits.over(barrier);
        this.ids = new Ids(barrier);
        this.policies = new Policies(store.entries(), barrier);
        this.passwords = new PasswordPolicies(store.entries(), barrier);
        this.tokens = new Tokens(store.leases(), barrier, ids, store.clock());
        this.mint = new TokenMint(
                store.leases(),
                barrier,
                ids,
                policies.authorizer(),
                store.clock(),
                sources.random(),
                terms,
                limits.defaultLeaseTtl(),
                limits.maxLeaseTtl());
        this.subscriptions = new Subscriptions(
                vertx, store.outbox(), policies.authorizer(), caller -> Stages.here(tokens.lives(caller.n())));
        this.metrics = new Metrics(registry, terms);
        this.mounts = new Mounts(parts());
        this.lifecycle = makeLifecycle();
        this.gauges = new Gauges(registry, lifecycle::sealed, store, mounts, lifecycle::reaper);
        listen();
    }

    /** Makes the audit log over a barrier. */
    @FunctionalInterface
    interface AuditMaker {
        Audit over(KeyringBarrier barrier);
    }

    /** Loads plugins from the folders of builds, and anew whenever these change, until it is closed. */
    BuildWatch watch(List<Path> builds) {
        Reloads reloads = new Reloads(builds, plugins, mounts::reopen);
        return BuildWatch.begin(vertx, threads, reloads, builds.isEmpty(), sources.clock());
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    /** Ends what is left, for a broker that won't come back. */
    LastLeases lastLeases() {
        return new LastLeases(vertx, store.leases(), lifecycle::sealed, config.shutdownGrace());
    }

    /** One HTTP server; several share the port. */
    HttpFront front(Hosts hosts, Sources from) {
        return new HttpFront(
                config.listen(),
                connections,
                bodies,
                from.uuids(),
                mounts::resolve,
                new Identification(tokens, store.leases()),
                policies.authorizer(),
                audit,
                ids,
                store.clock(),
                lifecycle::sealed,
                hosts,
                metrics::request);
    }

    /** The listener that serves metrics to whoever reaches it. */
    Future<Void> metricsListener(HostPort address) {
        return vertx.deployVerticle(new MetricsFront(
                        config.listen(),
                        address,
                        SysMetrics.PROMETHEUS,
                        () -> gauges.refresh().transform(known -> Future.succeededFuture(registry.scrape()))))
                .mapEmpty();
    }

    private Parts parts() {
        Limits limits = config.limits();
        MountTerms mountTerms = new MountTerms(
                limits.mintDeadline(),
                MountTerms.DEFAULT.callDeadline(),
                MountTerms.DEFAULT.closeWithin(),
                limits.defaultLeaseTtl(),
                limits.maxLeaseTtl(),
                new LaneLimits(limits.laneCalls(), limits.laneQueue(), limits.mountCalls()));
        return new Parts(
                store,
                barrier,
                ids::leaseId,
                plugins,
                passwords::find,
                sources.random(),
                store.clock(),
                terms,
                mountTerms,
                threads);
    }

    private Lifecycle makeLifecycle() {
        SealControl control = new SealControl(
                store.entries(),
                switch (config.seal().type()) {
                    case SHAMIR -> Seal.shamir();
                    case FILE -> Seal.file(config.seal().keyFile().orElseThrow());
                    case MEMORY -> Seal.memory(sources.random());
                },
                barrier,
                sources.keys(),
                threads::run);
        return new Lifecycle(
                vertx,
                store,
                control,
                policies,
                passwords,
                mounts,
                tokens,
                mint,
                subscriptions,
                () -> new Reaper(store.leases(), store.clock(), sources.random(), mounts.enders(), terms));
    }

    private void listen() {
        store.outbox().listen(tokens::committed);
        store.outbox().listen(watch::committed);
        store.outbox().listen(subscriptions::committed);
        store.outbox().listen(metrics::committed);
        mounts.builtIn(routes().toList());
        subscriptions.start();
    }

    /** The broker's own paths; mounts serve the others. */
    Stream<Route> routes() {
        Limits limits = config.limits();
        Authorizer authorizer = policies.authorizer();
        TokenRenewal tokenRenewal =
                new TokenRenewal(store.leases(), tokens, store.clock(), terms, limits.defaultLeaseTtl());
        Revocations revocations = new Revocations(vertx, store.leases(), watch, PATIENCE);
        AnyRenewal renewals = new AnyRenewal(tokens, tokenRenewal, mounts.renew());
        Predicate<String> mayInit = config.listen().initFrom() == InitFrom.ANY ? remote -> true : Broker::isLoopback;
        return Stream.of(
                        new SysStatus(lifecycle, store.clock(), config.clusterName(), clusterId, address()).routes(),
                        new SysSeal(lifecycle, mayInit, config.clusterName(), clusterId).routes(),
                        new SysMounts(mounts, limits.defaultLeaseTtl(), limits.maxLeaseTtl()).routes(),
                        new SysAuth(mounts, authorizer, limits.defaultLeaseTtl(), limits.maxLeaseTtl()).routes(),
                        new SysPolicies(policies, authorizer).routes(),
                        new SysPasswordPolicies(passwords).routes(),
                        new SysCapabilities(authorizer, tokens, ids).routes(),
                        new SysLeases(
                                        store.leases(),
                                        ids,
                                        authorizer,
                                        renewals,
                                        revocations,
                                        mounts::endingWarnings,
                                        store.clock())
                                .routes(),
                        new SysLeaseSets(store.leases(), ids, authorizer, revocations, mounts::idOf, store.clock())
                                .routes(),
                        new SysWho(store.traces(), ids, Names.of(barrier)).routes(),
                        new SysPlugins(plugins).routes(),
                        new SysMetrics(registry, gauges).routes(),
                        subscriptions.routes(),
                        new TokenRoutes(tokens, mint, tokenRenewal, ids, store.clock()).routes(),
                        new TokenEndings(store.leases(), tokens, ids).routes())
                .flatMap(routes -> routes);
    }

    private String address() {
        String scheme = config.listen().tls().isPresent() ? "https://" : "http://";
        return scheme + config.listen().address();
    }

    private static boolean isLoopback(String remote) {
        return remote.startsWith("127.") || remote.equals("::1") || remote.equals("0:0:0:0:0:0:0:1");
    }
}
