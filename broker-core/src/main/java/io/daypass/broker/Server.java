package io.daypass.broker;

import io.daypass.broker.audit.Audit;
import io.daypass.broker.audit.AuditLog;
import io.daypass.broker.http.Hosts;
import io.daypass.broker.http.HttpFront;
import io.daypass.broker.mount.lane.Threads;
import io.daypass.broker.plugin.Plugins;
import io.daypass.broker.plugin.ShippedPlugins;
import io.daypass.config.HostPort;
import io.daypass.config.PluginPin;
import io.daypass.config.SealType;
import io.daypass.config.ServerConfig;
import io.daypass.config.Storage;
import io.daypass.entry.EntryStore;
import io.daypass.lease.Bytes;
import io.daypass.lease.Store;
import io.daypass.lease.sqlite.Settings;
import io.daypass.lease.sqlite.SqliteStore;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: opens what must be opened before the first request, in order, and closes it in the other order. The
 * thread that starts and stops it waits; nothing else does.
 */
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private static final String CLUSTER_ID = "cluster-id";

    private final Broker broker;
    private final List<HttpFront> fronts;
    private final Opened opened;

    private Server(Broker broker, List<HttpFront> fronts, Opened opened) {
        this.broker = broker;
        this.fronts = fronts;
        this.opened = opened;
    }

    /** What a server is for. */
    enum Purpose {
        /** For work. */
        PRODUCTION,
        /** For whoever tries it out: it answers to its own address only. */
        DEVELOPMENT
    }

    /** Starts one with the plugins that are pinned; returns when it listens. */
    static Server start(ServerConfig config, Sources sources, Purpose purpose) {
        return start(config, sources, purpose, List.of());
    }

    /**
     * Starts one; returns when it listens.
     *
     * @param builds the folders that plugins are loaded from besides, and anew whenever they change
     */
    static Server start(ServerConfig config, Sources sources, Purpose purpose, List<Path> builds) {
        Storage storage = config.storage();
        Settings settings = Settings.DEFAULT.remembering(storage.rememberEnded(), storage.rememberMost());
        Store store = SqliteStore.open(storage.path(), sources.clock(), settings);
        Opened opened = new Opened();
        opened.add(store::close);
        try {
            Vertx vertx = vertx();
            opened.add(() -> wait(vertx.close()));
            Plugins plugins = Plugins.load(pins(config));
            opened.add(plugins::close);
            Broker broker = new Broker(
                    vertx, config, sources, store, auditing(config, opened), plugins, clusterId(store, sources));
            opened.add(() -> wait(broker.lifecycle().stop()));
            opened.add(broker.watch(builds)::close);
            if (config.seal().type() == SealType.MEMORY) {
                opened.add(() -> wait(broker.lastLeases().end()));
            }
            wait(broker.lifecycle().start());
            List<HttpFront> fronts = listen(vertx, config, sources, broker, purpose);
            opened.add(() -> fronts.forEach(front -> wait(front.shutdown(config.shutdownGrace()))));
            Server server = new Server(broker, fronts, opened);
            LOG.atInfo().addKeyValue("address", server.address(config)).log("listening");
            return server;
        } catch (RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    /** The port that is listened on. */
    int port() {
        return fronts.get(0).port();
    }

    /**
     * Makes the keyring and a root token at once.
     *
     * @param id the token; empty: a random one
     */
    String initDev(String id) {
        return wait(broker.lifecycle().init(1, 1, id)).first();
    }

    @Override
    public void close() {
        opened.close();
        LOG.info("stopped");
    }

    private String address(ServerConfig config) {
        HostPort asked = config.listen().address();
        return (config.listen().tls().isPresent() ? "https://" : "http://") + new HostPort(asked.host(), port());
    }

    private static Vertx vertx() {
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    private static List<PluginPin> pins(ServerConfig config) {
        List<PluginPin> pins = new ArrayList<>(ShippedPlugins.pins(home()));
        pins.addAll(config.plugins());
        return pins;
    }

    private static Path home() {
        return Path.of(System.getProperty("daypass.home", "."));
    }

    private static Broker.AuditMaker auditing(ServerConfig config, Opened opened) {
        return barrier -> config.audit()
                .path()
                .<Audit>map(file -> {
                    AuditLog log = AuditLog.open(file, barrier, Threads.named("daypass-audit-"));
                    opened.add(log::close);
                    return log;
                })
                .orElse(Audit.NONE);
    }

    private static List<HttpFront> listen(
            Vertx vertx, ServerConfig config, Sources sources, Broker broker, Purpose purpose) {
        Hosts hosts = purpose == Purpose.DEVELOPMENT
                ? Hosts.only(config.listen().address().host())
                : Hosts.ANY;
        List<HttpFront> fronts = new CopyOnWriteArrayList<>();
        DeploymentOptions each = new DeploymentOptions()
                .setInstances(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        Future<String> deployed = vertx.deployVerticle(
                () -> {
                    HttpFront front = broker.front(hosts, sources);
                    fronts.add(front);
                    return front;
                },
                each);
        try {
            wait(deployed);
        } catch (StartException failed) {
            throw new StartException(
                    "can't listen on " + config.listen().address() + ": " + failed.getMessage()
                            + "; stop what listens there, choose another address, or mend the certificate",
                    failed);
        }
        config.metrics().address().ifPresent(address -> {
            try {
                wait(broker.metricsListener(address));
            } catch (StartException failed) {
                throw new StartException(
                        "can't listen on " + address + " for metrics (metrics.address): " + failed.getMessage()
                                + "; stop what listens there, or choose another address",
                        failed);
            }
        });
        return fronts;
    }

    private static String clusterId(Store store, Sources sources) {
        EntryStore entries = store.entries();
        Optional<Bytes> known = wait(Future.fromCompletionStage(entries.meta(CLUSTER_ID)));
        if (known.isPresent()) {
            return new String(known.get().toArray(), StandardCharsets.UTF_8);
        }
        String made = sources.uuids().get();
        wait(Future.fromCompletionStage(entries.putMeta(CLUSTER_ID, Bytes.of(made.getBytes(StandardCharsets.UTF_8)))));
        return made;
    }

    /** Waits, which only the thread that starts or stops the server may do. */
    private static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            throw new StartException(String.valueOf(cause == null ? failed.getMessage() : cause.getMessage()), failed);
        }
    }

    /** What was opened, to be closed in the other order, each whatever becomes of the others. */
    private static final class Opened implements AutoCloseable {
        private final Deque<Step> steps = new ArrayDeque<>();

        void add(Step close) {
            steps.push(close);
        }

        @Override
        public synchronized void close() {
            while (!steps.isEmpty()) {
                try {
                    steps.pop().run();
                } catch (Exception left) {
                    LOG.atWarn().setCause(left).log("stopping: one part could not be closed");
                }
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
