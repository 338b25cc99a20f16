package io.daypass.engine.hmac;

import io.daypass.plugin.Cause;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Request;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.pf4j.Extension;

/** Keys that sign session cookies: leased, rotated, and published to those who check. */
@Extension
public final class HmacEngine implements Engine {
    private static final int ID_BYTES = 6;

    private Mount mount;
    private Table<Role> roles;
    private Keys keys;

    /** For the broker. */
    // Everything is set by open, which is called before all else.
    @SuppressWarnings("NullAway.Init")
    public HmacEngine() {}

    @Override
    public String type() {
        return "hmac";
    }

    @Override
    public void open(Mount declared) {
        mount = declared;
        roles = mount.collection("roles/{role}", Role.class);
        Leases<Held> leases = mount.leases("key", Held.class, this::end)
                .withoutEffect()
                .keepsSecrets()
                .lingers(Held::neededUntil)
                .endingWarns(Held::warning)
                .issue("creds/{role}", Answers.Credentials.class, this::draft);
        keys = new Keys(mount, roles, leases);
        mount.watched(
                "keyset/{role}", Answers.Keyset.class, (call, deadline) -> keys.keyset(call.at("role")), roles, leases);
        mount.read("keys/{role}", Answers.Listed.class, (call, deadline) -> keys.listed(call.at("role")));
        mount.action(
                "sign/{role}",
                Answers.ToSign.class,
                Answers.Signed.class,
                (call, asked, deadline) -> keys.sign(call.at("role"), asked));
        mount.action(
                "verify/{role}",
                Answers.ToVerify.class,
                Answers.Verified.class,
                (call, asked, deadline) -> keys.verify(call.at("role"), asked));
        mount.action(
                "rotate/{role}",
                Answers.ToRotate.class,
                Answers.Rotated.class,
                (call, asked, deadline) -> rotate(call.at("role"), asked));
        mount.whenDue(roles, HmacEngine::due, this::goOn);
    }

    private Draft<Held, Answers.Credentials> draft(Request request) {
        String name = request.at("role");
        Role role = roles.named(name);
        return role.isShared() ? shared(request, name, role) : own(request, name, role);
    }

    private Draft<Held, Answers.Credentials> own(Request request, String name, Role role) {
        Lifetime life = request.lifetime(role.ttl(), role.maxTtl()).fixed();
        Key key = new Key(
                Keys.ownId(request.leaseNumber()),
                name,
                role.algorithm(),
                Secret.base64(request.random(role.keyBytes())),
                request.now(),
                life.expiresAt(),
                life.expiresAt().plus(role.verifies()));
        return Draft.of(
                new Held(name, key.id(), Optional.of(key)),
                life,
                deadline -> Answers.Credentials.of(key, key.signsUntil()));
    }

    private Draft<Held, Answers.Credentials> shared(Request request, String name, Role role) {
        Key key = role.sharedKeys()
                .current(request.now())
                .orElseThrow(() -> new Unavailable("the role's next key is being made; ask again in a second"));
        Lifetime life = request.lifetime(role.ttl(), role.maxTtl())
                .fixed()
                .capped(key.signsUntil(), "the end of the key that is shared now");
        return Draft.of(
                new Held(name, key.id(), Optional.empty()),
                life,
                deadline -> Answers.Credentials.of(key, life.expiresAt()));
    }

    /** A key of its own is gone with the row. Only whoever asks for a lease's end says that its key is known to others. */
    private void end(Held held, Cause cause, Deadline deadline) {
        // Where the role is gone, its shared keys are too.
        if (cause == Cause.REVOKED
                && held.own().isEmpty()
                && roles.find(held.role()).isPresent()) {
            retire(held.role(), held.keyId(), "one of its leases was revoked");
        }
    }

    private Answers.Rotated rotate(String name, Answers.ToRotate asked) {
        Instant now = mount.clock().instant();
        Role after = roles.named(name);
        if (asked.retire().isPresent()) {
            if (after.sharedKeys().find(asked.retire().get(), now).isEmpty()) {
                throw new Invalid(
                        "retire",
                        "the role has no such shared key, or has no more; a key of a lease's own ends with its lease");
            }
            after = retire(name, asked.retire().get(), "it was asked for");
        } else if (after.isShared()) {
            after = roles.update(
                    name,
                    role -> role.with(role.sharedKeys().rotated(now, role.ttl(), role.verifies(), fresh(name, role))),
                    HmacEngine::rotated);
        }
        Key current = after.sharedKeys()
                .current(now)
                .orElseThrow(
                        () -> new Invalid(
                                "role",
                                "its keys are not shared: ask for a new lease, and revoke the old one's if it is known to others"));
        return new Answers.Rotated(current.id(), current.notBefore(), current.signsUntil());
    }

    private Role retire(String name, String keyId, String why) {
        Instant now = mount.clock().instant();
        return roles.update(
                name,
                role -> {
                    Ring ring = role.sharedKeys();
                    return ring.find(keyId, now).isEmpty()
                            ? role
                            : role.with(ring.retired(keyId, now, role.ttl(), role.verifies(), fresh(name, role)));
                },
                role -> "the shared key " + keyId + " is retired: " + why);
    }

    private static Optional<Instant> due(Role role) {
        if (role.isShared() && role.sharedKeys().isShorterThan(role.verifies())) {
            return Optional.of(Instant.EPOCH);
        }
        Instant due =
                role.isShared() ? role.sharedKeys().due() : role.sharedKeys().firstGone();
        return due.equals(Instant.MAX) ? Optional.empty() : Optional.of(due);
    }

    private void goOn(String name, Role newest, Deadline deadline) {
        Instant now = mount.clock().instant();
        roles.update(
                name,
                role -> role.with(
                        role.isShared()
                                ? role.sharedKeys().at(now, fresh(name, role)).covering(now, role.verifies())
                                : role.sharedKeys().without(now)),
                HmacEngine::rotated);
    }

    private static String rotated(Role role) {
        StringBuilder text = new StringBuilder("the shared keys are now, in the order in which they sign:");
        role.sharedKeys().keys().forEach(key -> text.append(' ').append(key.id()));
        return text.toString();
    }

    private Ring.Fresh fresh(String name, Role role) {
        return from -> new Key(
                "s" + HexFormat.of().formatHex(mount.random(ID_BYTES)),
                name,
                role.algorithm(),
                Secret.base64(mount.random(role.keyBytes())),
                from,
                from.plus(role.ttl()),
                from.plus(role.ttl()).plus(role.verifies()));
    }
}
