package io.daypass.broker.mount;

import io.daypass.plugin.Batch;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Kept;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Request;
import io.daypass.plugin.Resources;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys in toy targets: one with an effect outside, in lists, and one without. */
final class ToyEngine implements Engine {
    record Config(
            @Doc("Where") String address,
            @Doc("Our password") Secret password,
            @Doc("Calls at once") @Default("0") int calls,
            @Kept Optional<String> identity) {}

    record Role(
            @Doc("Its target") String target,
            @Doc("Life") @Default("1h") Duration ttl,
            @Doc("Longest life") @Default("4h") Duration maxTtl,
            @Doc("In every key's name") @Default("") String label) {}

    record Key(String target, String name) {}

    record Creds(String name, Secret key) {}

    record Badge(String name) {}

    record Pass(Secret pass) {}

    private record Create(String target, String name, Instant until) {}

    /** Something to be closed. */
    final class Pool implements AutoCloseable {
        Pool() {
            pools.incrementAndGet();
        }

        @Override
        public void close() {
            pools.decrementAndGet();
        }
    }

    static final String LEAK = "leak";
    /** The label of keys that nothing can vouch for. */
    static final String UNFENCED = "unfenced";

    private final ToyTarget target;
    volatile Runnable moving = () -> {};
    final AtomicInteger pools = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private Mount mount;
    private Table<Config> targets;
    private Table<Role> roles;
    private Batch<Create, Creds> creates;
    private Resources<Pool> resources;
    private Leases<Key> leases;

    // Everything is set by open, which is called before all else.
    @SuppressWarnings("NullAway.Init")
    ToyEngine(ToyTarget target) {
        this.target = target;
    }

    int closed() {
        return closed.get();
    }

    @Override
    public String type() {
        return "toy";
    }

    @Override
    public void open(Mount declared) {
        mount = declared;
        targets = mount.collection("config/{target}", Config.class, this::check);
        roles = mount.collection("roles/{role}", Role.class);
        creates = mount.batch(8, Create::target, this::createAll);
        resources = mount.perEntry(targets, config -> new Pool());
        leases = mount.leases("key", Key.class, this::revoke);
        leases.on(targets, Key::target, Config::calls)
                .extend((key, until, deadline) -> target.extend(key.name(), until))
                .settle(this::settle)
                .revokeAll(16, Key::target, this::revokeAll)
                .issue("creds/{role}", Creds.class, this::draft);
        mount.leases("token", Key.class, this::revoke)
                .on(targets, Key::target, Config::calls)
                .settle(this::settle)
                .unfenced(
                        key -> key.name().contains(UNFENCED),
                        (key, until, deadline) -> target.extend(key.name(), until))
                .issue("tokens/{role}", Creds.class, this::token);
        mount.leases("badge", Badge.class, (badge, deadline) -> {})
                .withoutEffect()
                .issue("badges/{role}", Pass.class, this::badge);
        mount.action("move/{target}", (call, deadline) -> {
            long live = leases.ifNoneLives(call.at("target"), moving);
            if (live > 0) {
                throw new Invalid("target", "has " + live + " live leases");
            }
        });
        mount.action("reset/{target}", (call, deadline) -> {
            resources.reopen(call.at("target"));
            targets.update(
                    call.at("target"),
                    old -> new Config(old.address(), old.password(), old.calls(), Optional.of("reset")));
        });
    }

    private List<String> check(String name, Config config, Deadline deadline) {
        if (config.address().isBlank()) {
            throw new Invalid(
                    "address",
                    "must not be blank, whatever " + config.password().reveal() + " is");
        }
        long live = leases.live(name);
        return live > 0 ? List.of("it has " + live + " live leases") : List.of();
    }

    private Draft<Key, Creds> draft(Request request) {
        Role role = roles.named(request.at("role"));
        if (role.label().equals(LEAK)) {
            throw new IllegalStateException(
                    targets.named(role.target()).password().reveal());
        }
        targets.named(role.target());
        Lifetime life = request.lifetime(role.ttl(), role.maxTtl());
        Key key = new Key(role.target(), request.name(63, "{{.RoleName}}-" + role.label()));
        return Draft.of(key, life, creates.of(new Create(key.target(), key.name(), life.expiresAt())));
    }

    private Draft<Key, Creds> token(Request request) {
        Role role = roles.named(request.at("role"));
        Lifetime life = request.lifetime(role.ttl(), role.maxTtl()).fixed();
        Key key = new Key(role.target(), request.name(63, "{{.RoleName}}-" + role.label()));
        return Draft.of(key, life, deadline -> {
            boolean isShort = key.name().contains(UNFENCED);
            target.put(key.name(), isShort ? deadline.at() : life.expiresAt(), deadline);
            return new Creds(key.name(), mount.password(32, Secret.LETTERS_AND_DIGITS));
        });
    }

    private List<Creds> createAll(List<Create> items, Deadline deadline) throws Exception {
        resources.of(items.get(0).target());
        List<Creds> made = new ArrayList<>();
        for (Create item : items) {
            target.put(item.name(), item.until(), deadline);
            made.add(new Creds(item.name(), mount.password(32, Secret.LETTERS_AND_DIGITS)));
        }
        return made;
    }

    private void revoke(Key key, Deadline deadline) {
        revokeAll(List.of(key), deadline);
    }

    private void revokeAll(List<Key> keys, Deadline deadline) {
        resources.of(keys.get(0).target());
        target.drop(keys.stream().map(Key::name).toList(), deadline);
    }

    private boolean settle(Key key, Instant mintDeadline, Deadline deadline) {
        revoke(key, deadline);
        return mount.clock().instant().isAfter(mintDeadline);
    }

    private Draft<Badge, Pass> badge(Request request) {
        Role role = roles.named(request.at("role"));
        return Draft.of(
                new Badge(request.name(32)),
                request.lifetime(role.ttl(), role.maxTtl()).fixed(),
                deadline -> new Pass(mount.password(32, Secret.LETTERS_AND_DIGITS)));
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
