package io.daypass.engine.redis;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Request;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pf4j.Extension;

/**
 * Users of one Redis server, of its ACL. Redis knows no expiry for them. A mint watches a fence key, looks at Redis' clock,
 * and creates only if nobody has written the key by then; whoever revokes writes it.
 */
@Extension
public final class RedisEngine implements Engine {
    /** What is written to {@code config}. */
    public record Config(
            @Doc("Where Redis is: redis://HOST:PORT, or rediss://HOST:PORT for TLS")
            String url,

            @Doc("Its user who makes and ends the others") @Default("default")
            String username,

            @Doc("The password of that user") Secret password,

            @Doc("The CA's certificate for rediss, in PEM; without it, what the JVM trusts")
            Optional<String> caCertificate,

            @Doc("Whether Redis has an aclfile; if not, all users end as it restarts") @Default("true")
            boolean aclFile) {}

    /** What is written to {@code roles/NAME}. */
    public record Role(
            @Doc("What its users may do, in the words of ACL SETUSER: ~app:* +@read")
            String rules,

            @Doc("Life of a user; 0s: the mount's") @Default("0s")
            Duration ttl,

            @Doc("Life of a user that is renewed; 0s: the mount's") @Default("0s")
            Duration maxTtl) {}

    /** The handle: a user, and the server whose it is. */
    public record User(String name, String server) {}

    /** What the caller is answered. */
    public record Creds(String username, Secret password) {}

    /** Keys, channels and commands: all of what ACL SETUSER takes but who is let in, and how. */
    static final Predicate<String> RULE = Pattern.compile(
                    "\\(?([~&+-]\\S+|%(R|W|RW)~\\S+|all(keys|channels|commands)|nocommands)\\)?")
            .asMatchPredicate();

    static final Predicate<String> MIGHTY = Pattern.compile(
                    "(?is)(?!.*-(@admin|@dangerous|acl)\\b).*(allcommands|[+](@all|@admin|@dangerous|acl)\\b).*")
            .asMatchPredicate();

    private Mount mount;
    private Table<Config> config;
    private Table<Role> roles;
    private Leases<User> users;

    // The broker opens an engine before it calls anything else of it.
    @SuppressWarnings("NullAway.Init")
    public RedisEngine() {}

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public void open(Mount mount) {
        this.mount = mount;
        config = mount.collection("config", Config.class, this::check);
        roles = mount.collection("roles/{role}", Role.class, this::check);
        users = mount.leases("user", User.class, (user, deadline) -> end(user, Instant.MAX, deadline))
                .on(config, user -> "")
                .settle(this::end)
                .list("orphans", User::name, (all, deadline) -> at(config.only().url(), deadline, Server::users))
                .issue("creds/{role}", Creds.class, this::draft);
    }

    private Draft<User, Creds> draft(Request request) {
        Role role = roles.named(request.at("role"));
        User user = new User(request.name(64), config.only().url());
        return Draft.of(user, request.lifetime(role.ttl(), role.maxTtl()), until -> mint(user, role.rules(), until));
    }

    private Creds mint(User user, String rules, Deadline deadline) throws Exception {
        Secret password = mount.password(32, Secret.LETTERS_AND_DIGITS);
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(password.reveal().getBytes(StandardCharsets.UTF_8));
        return at(user.server(), deadline, redis -> {
            redis.watch(fence(user), deadline.at());
            redis.transaction(setUser(user.name(), "on #" + HexFormat.of().formatHex(hash) + " " + rules));
            return new Creds(user.name(), password);
        });
    }

    private boolean end(User user, Instant mintDeadline, Deadline deadline) {
        return at(user.server(), deadline, redis -> {
            String delete = "ACL DELUSER " + user.name();
            redis.ask(delete); // alone at first: where no key can be written, the user ends all the same
            return redis.transaction("SET " + fence(user) + " 1 EX 3600", delete)
                    .isAfter(mintDeadline);
        });
    }

    private List<String> check(String name, Config next, Deadline deadline) {
        long live = users.live("");
        if (live > 0 && !next.url().equals(config.only().url())) {
            throw new Invalid("url", live + " leases live at " + config.only().url() + ": end them, or mount another");
        }
        try (Server redis = new Server(next, deadline)) {
            redis.mark(marker(next));
        }
        return next.aclFile()
                ? List.of()
                : List.of("acl_file is false: when Redis restarts, all of its users are gone");
    }

    private List<String> check(String name, Role role, Deadline deadline) {
        if (!Stream.of(role.rules().strip().split("\\s+")).allMatch(RULE)) {
            throw new Invalid("rules", "only ~KEYS, &CHANNELS, +COMMANDS and -COMMANDS, with spaces between them");
        }
        List<String> warnings = new ArrayList<>();
        if (MIGHTY.test(role.rules())) {
            warnings.add("rules: its users can make users that no lease ends; -@admin at the end prevents it");
        }
        try {
            String probe = "daypass-probe";
            at(
                    config.only().url(),
                    deadline,
                    redis -> redis.transaction(setUser(probe, role.rules()), "ACL DELUSER " + probe));
        } catch (Unavailable away) {
            warnings.add("rules: not tried: " + away.getMessage());
        }
        return warnings;
    }

    /** Talks with the server of that address, if it is the one that config was written for. */
    private <A> A at(String server, Deadline deadline, Function<Server, A> talk) {
        Config now = config.only();
        if (!server.equals(now.url())) {
            throw new Unavailable("this lease lives at " + server + ", and config says " + now.url());
        }
        try (Server redis = new Server(now, deadline)) {
            redis.expect(marker(now));
            return talk.apply(redis);
        }
    }

    /** A user who may do nothing, and is kept with the others: it tells their server from another. */
    private String marker(Config at) {
        return "daypass-" + Long.toHexString(mount.lockKey(at.url()));
    }

    private static String setUser(String name, String rules) {
        return "ACL SETUSER " + name + " reset resetchannels " + rules;
    }

    private static String fence(User user) {
        return "daypass:fence:" + user.name();
    }
}
