package io.daypass.testkit.key;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Kept;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Request;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keys in a {@link KeyServer}. It keeps the contract; what has a flaw extends it. */
public class KeyEngine implements Engine {
    /** What the names of standing keys begin with in the server. */
    public static final String PREFIX = "standing-";

    public record Config(
            @Doc("Port of the key server on this machine") int port,
            @Doc("Its password") Secret password) {}

    public record Role(
            @Doc("Life of a key") @Default("1h") Duration ttl,

            @Doc("Life of a key that is renewed") @Default("4h")
            Duration maxTtl) {}

    /** A key that is always there, another one every so often. */
    public record Standing(
            @Doc("What it is for") String purpose,
            @Doc("How long it is the same") @Default("1h") Duration every,
            @Doc("The key") @Kept Optional<Secret> key,
            @Doc("The key that it will be") @Kept Optional<Secret> coming,
            @Doc("Since when it is") @Kept Optional<Instant> since) {
        Standing coming(Secret next) {
            return new Standing(purpose, every, key, coming.isPresent() ? coming : Optional.of(next), since);
        }

        /** The same with another key, and none to come. */
        public Standing with(Secret now, Instant from) {
            return new Standing(purpose, every, Optional.of(now), Optional.empty(), Optional.of(from));
        }
    }

    public record Told(Secret key) {}

    public record Key(String name) {}

    public record Creds(String name, Secret key) {}

    protected Mount mount;
    protected Table<Config> config;
    protected Table<Role> roles;
    protected Table<Standing> standings;

    // Everything is set by open, which is called before all else.
    @SuppressWarnings("NullAway.Init")
    public KeyEngine() {}

    @Override
    public String type() {
        return "key";
    }

    @Override
    public void open(Mount declared) {
        mount = declared;
        config = mount.collection("config", Config.class);
        roles = mount.collection("roles/{role}", Role.class);
        standing();
        leases();
    }

    protected void standing() {
        standings = mount.collection("standing/{name}", Standing.class);
        mount.whenDue(standings, this::due, this::replace);
        mount.action(
                "tell/{name}",
                Nothing.class,
                Told.class,
                (call, nothing, deadline) ->
                        new Told(standings.named(call.at("name")).key().orElseThrow()));
    }

    /** No parameters. */
    record Nothing() {}

    protected Optional<Instant> due(Standing standing) {
        return Optional.of(standing.since().orElse(Instant.EPOCH).plus(standing.every()));
    }

    /** What is to be set is written down first: whoever takes this up sets the same. */
    protected void replace(String name, Standing newest, Deadline deadline) throws Exception {
        Secret drawn = secret();
        Secret coming = standings
                .update(name, standing -> standing.coming(drawn))
                .coming()
                .orElseThrow();
        ask(deadline, "SET", PREFIX + name, coming.reveal());
        Instant now = mount.clock().instant();
        standings.update(name, standing -> standing.with(coming, now));
    }

    protected void leases() {
        declared(mount.leases("key", Key.class, this::revoke)).issue("creds/{role}", Creds.class, this::draft);
    }

    protected Leases<Key> declared(Leases<Key> leases) {
        return leases.extend(this::extend).settle(this::settle).list("orphans", Key::name, this::list);
    }

    protected Draft<Key, Creds> draft(Request request) {
        Key key = new Key(request.name(64));
        Lifetime life = life(request);
        return Draft.of(key, life, deadline -> mint(key, life, deadline));
    }

    protected Lifetime life(Request request) {
        Role role = roles.named(request.at("role"));
        return request.lifetime(role.ttl(), role.maxTtl());
    }

    protected Creds mint(Key key, Lifetime life, Deadline deadline) throws Exception {
        ask(deadline, "NAME", key.name(), life.expiresAt(), deadline.at());
        Secret secret = secret();
        ask(deadline, "KEY", key.name(), secret.reveal(), deadline.at());
        return new Creds(key.name(), secret);
    }

    protected Secret secret() {
        return mount.password(32, Secret.LETTERS_AND_DIGITS);
    }

    protected void revoke(Key key, Deadline deadline) throws Exception {
        ask(deadline, "DROP", key.name());
    }

    protected void extend(Key key, Instant until, Deadline deadline) throws Exception {
        ask(deadline, "EXTEND", key.name(), until);
    }

    protected boolean settle(Key key, Instant mintDeadline, Deadline deadline) throws Exception {
        return ask(deadline, "SETTLE", key.name(), mintDeadline).equals("OK true");
    }

    protected List<String> list(String target, Deadline deadline) throws Exception {
        return List.of(ask(deadline, "LIST", "all").split(" ", -1));
    }

    /** Asks the server something, by its words. */
    protected String ask(Deadline deadline, Object... words) throws Exception {
        StringBuilder line = new StringBuilder(config.only().password().reveal());
        for (Object word : words) {
            line.append(' ').append(word instanceof Instant instant ? instant.toEpochMilli() : word);
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), config.only().port()),
                    Math.toIntExact(patience(deadline)));
            socket.setSoTimeout(Math.toIntExact(patience(deadline)));
            return answer(socket, line.toString());
        }
    }

    /** How long to wait, in milliseconds. */
    protected long patience(Deadline deadline) {
        return deadline.left().toMillis();
    }

    private static String answer(Socket socket, String line) throws IOException {
        PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out.println(line);
        String answer = in.readLine();
        if (answer == null || answer.equals(KeyServer.LATE)) {
            throw new Unavailable("the key server hung up, or said that it is too late");
        }
        if (answer.startsWith("NO ")) {
            throw new Refused(answer);
        }
        return answer;
    }
}
