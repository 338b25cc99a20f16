package io.daypass.broker.mount;

import io.daypass.plugin.Cause;
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
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What has no effect outside: certificates with a list of those that were revoked, keys that are still good for checking
 * when they have expired, one-time codes, and a counter that is to be moved on every hour.
 */
final class ToySigner implements Engine {
    static final Duration LINGERS = Duration.ofHours(2);
    static final Duration EVERY = Duration.ofHours(1);

    record Role(
            @Doc("Life") @Default("1h") Duration ttl,
            @Kept Optional<Instant> movedAt,
            @Kept Optional<Secret> seed) {}

    record Subject(String subject) {}

    record Cert(long serial, Instant validBefore) {}

    record Signed(long serial, String text) {}

    record Key(String id, Secret key, Instant goodUntil) {}

    record Creds(String id, Secret key) {}

    record Keyset(List<Creds> keys) {}

    record Shared(String id) {}

    record Code(String hash) {}

    record Otp(Secret code) {}

    record Asked(Secret code) {}

    record Answer(boolean valid) {}

    record Note(String text) {}

    final AtomicInteger listsMade = new AtomicInteger();
    final Semaphore listsHeld = new Semaphore(1);
    final Semaphore strangersHeld = new Semaphore(0);
    final Semaphore mintsHeld = new Semaphore(0);
    final List<String> ended = new CopyOnWriteArrayList<>();
    final Map<String, String> moveFails = new ConcurrentHashMap<>();
    private Mount mount;
    private Table<Role> roles;
    private Table<Note> notes;
    private Leases<Cert> certs;
    private Leases<Key> keys;
    private Leases<Code> codes;

    // Everything is set by open, which is called before all else.
    @SuppressWarnings("NullAway.Init")
    ToySigner() {}

    @Override
    public String type() {
        return "signer";
    }

    @Override
    public void open(Mount declared) {
        mount = declared;
        roles = mount.collection("roles/{role}", Role.class);
        notes = mount.table("notes", Note.class);
        certs = mount.leases("cert", Cert.class)
                .listed(Cert::serial, Cert::validBefore)
                .issuer(cert -> "toy ca")
                .issue("sign/{role}", Subject.class, Signed.class, this::sign);
        keys = mount.leases("key", Key.class)
                .keepsSecrets()
                .lingers(Key::goodUntil)
                .issue("creds/{role}", Creds.class, this::key);
        mount.leases("shared", Shared.class, this::end)
                .withoutEffect()
                .endingWarns(shared -> Optional.of("its key is retired for all"))
                .issue("shared/{role}", Signed.class, this::shared);
        codes = mount.leases("code", Code.class).issue("code/{role}", Otp.class, this::code);
        mount.action("verify", Asked.class, Answer.class, this::verify).open();
        mount.document("list", "text/plain", (call, deadline) -> list(), certs.revoked());
        mount.watched("keyset/{role}", Keyset.class, (call, deadline) -> keyset(call.at("role")), roles, keys);
        mount.read("notes/{name}", Note.class, (call, deadline) -> notes.find(call.at("name")));
        mount.action("notes/{name}", (call, deadline) -> notes.put(call.at("name"), new Note("hello")));
        mount.remove("notes/{name}", (call, deadline) -> notes.remove(call.at("name")));
        Mount.Due moving = mount.whenDue(
                roles,
                role -> role.movedAt().map(at -> at.plus(EVERY)).or(() -> Optional.of(Instant.EPOCH)),
                this::move);
        mount.action("move/{role}", (call, deadline) -> moving.now(call.at("role"), deadline));
        mount.reveal(
                "seed/{role}",
                Otp.class,
                (call, deadline) -> roles.named(call.at("role")).seed().map(Otp::new));
        mount.deletionWarns(roles, role -> "its signatures stay");
    }

    private void move(String name, Role newest, Deadline deadline) {
        String problem = moveFails.get(name);
        if (problem != null) {
            throw new Unavailable(problem);
        }
        Instant now = mount.clock().instant();
        roles.update(
                name,
                role -> new Role(role.ttl(), Optional.of(now), Optional.of(Secret.base64(mount.random(8)))),
                role -> "moved");
    }

    private Draft<Cert, Signed> sign(Request request, Subject asked) {
        Role role = roles.named(request.at("role"));
        if (asked.subject().isBlank()) {
            throw new Invalid("subject", "must not be blank");
        }
        Lifetime life = request.lifetime(role.ttl(), Duration.ZERO).fixed();
        long serial = request.serial();
        Draft<Cert, Signed> draft = Draft.of(new Cert(serial, life.expiresAt().plusSeconds(60)), life, deadline -> {
            if (asked.subject().equals("hold")) {
                mintsHeld.acquire();
            }
            return new Signed(serial, Thread.currentThread().getName());
        });
        return Set.of("slow", "hold").contains(asked.subject()) ? draft.slowly() : draft;
    }

    private Draft<Key, Creds> key(Request request) {
        Lifetime life = request.lifetime(roles.named(request.at("role")).ttl(), Duration.ZERO)
                .fixed();
        Key key = new Key(
                "k" + request.leaseNumber(),
                Secret.base64(request.random(16)),
                life.expiresAt().plus(LINGERS));
        return Draft.of(key, life, deadline -> new Creds(key.id(), key.key()));
    }

    private Draft<Shared, Signed> shared(Request request) {
        Role role = roles.named(request.at("role"));
        return Draft.of(
                new Shared("s" + request.leaseNumber()),
                request.lifetime(role.ttl(), Duration.ZERO),
                deadline -> new Signed(0, ""));
    }

    private void end(Shared shared, Cause cause, Deadline deadline) {
        ended.add(cause + " " + shared.id());
    }

    private Draft<Code, Otp> code(Request request) {
        Role role = roles.named(request.at("role"));
        String code =
                request.leaseNumber() + "." + Secret.base64(request.random(12)).reveal();
        return Draft.of(
                new Code(Integer.toHexString(code.hashCode())),
                request.lifetime(role.ttl(), Duration.ZERO).fixed(),
                deadline -> new Otp(Secret.of(code)));
    }

    private Answer verify(Mount.Call call, Asked asked, Deadline deadline) {
        String code = asked.code().reveal();
        if (code.equals("hold")) {
            strangersHeld.acquireUninterruptibly();
            return new Answer(false);
        }
        long number = Long.parseLong(code.substring(0, code.indexOf('.')));
        boolean known = codes.find(number)
                .filter(found -> found.hash().equals(Integer.toHexString(code.hashCode())))
                .isPresent();
        return new Answer(known && codes.spend(number));
    }

    private Optional<byte[]> list() throws InterruptedException {
        listsMade.incrementAndGet();
        listsHeld.acquire();
        listsHeld.release();
        return Optional.of(Arrays.toString(certs.revoked().serials()).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Keyset> keyset(String role) {
        List<Creds> found = new ArrayList<>();
        keys.each("creds/" + role, key -> found.add(new Creds(key.id(), key.key())));
        return roles.find(role).map(there -> new Keyset(found));
    }
}
