package io.daypass.broker.mount;

import io.daypass.broker.api.Call;
import io.daypass.broker.mount.draw.Alphabet;
import io.daypass.broker.mount.draw.NameTemplate;
import io.daypass.broker.mount.draw.Names;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One request for a lease, as its engine's draft sees it. Used by one thread, for one draft. */
final class DraftRequest implements Request, NameTemplate.Values {
    private final Call call;
    private final Lifetimes.Bounds bounds;
    private final Duration slack;
    private final RandomGenerator random;
    private final LongSupplier serials;
    private final Names names;
    private final long n;
    private final String id;
    private long serial;
    private @Nullable Lifetime given;
    private Duration wanted = Duration.ZERO;

    /**
     * @param slack added to every end that the engine sees
     * @param serials counts what the mount makes
     * @param names makes names
     * @param n the number of the lease
     * @param id the id of the lease
     */
    DraftRequest(
            Call call,
            Lifetimes.Bounds bounds,
            Duration slack,
            RandomGenerator random,
            LongSupplier serials,
            Names names,
            long n,
            String id) {
        this.call = call;
        this.bounds = bounds;
        this.slack = slack;
        this.random = random;
        this.serials = serials;
        this.names = names;
        this.n = n;
        this.id = id;
    }

    /** The last life that was worked out, as the engine saw it; null if it never asked. */
    @Nullable
    Lifetime given() {
        return given;
    }

    /** How long the lease was to live if its token, its role and its mount let it: what a renewal asks for again. */
    Duration wanted() {
        return wanted;
    }

    @Override
    public String at(String variable) {
        return call.at(variable);
    }

    @Override
    public Lifetime lifetime(Duration ttl, Duration maxTtl) {
        Lifetime life = Lifetimes.fresh(bounds, ttl, maxTtl);
        wanted = Lifetimes.wanted(bounds, ttl);
        given = new Lifetime(
                life.expiresAt().plus(slack), life.maxExpiresAt().plus(slack), life.renewable(), life.boundBy());
        return given;
    }

    @Override
    public String name(int atMost) {
        return names.name(n, atMost, NameTemplate.DEFAULT, this, random);
    }

    @Override
    public String name(int atMost, String template) {
        return template.isEmpty() ? name(atMost) : names.name(n, atMost, NameTemplate.parse(template), this, random);
    }

    @Override
    public byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return drawn;
    }

    @Override
    public long serial() {
        if (serial == 0) {
            serial = serials.getAsLong();
        }
        return serial;
    }

    @Override
    public Instant now() {
        return bounds.now();
    }

    @Override
    public String leaseId() {
        return id;
    }

    @Override
    public String displayName() {
        return call.caller().displayName();
    }

    @Override
    public long leaseNumber() {
        return n;
    }

    @Override
    public String reason() {
        return call.request().reason();
    }

    /** The variable {@code role}, or the only one that there is. */
    @Override
    public String roleName() {
        Map<String, String> variables = call.variables();
        return variables.getOrDefault("role", String.join("-", variables.values()));
    }

    @Override
    public String randomText(int length) {
        return Alphabet.draw(random, length, Alphabet.NAMES);
    }

    @Override
    public long unixTime() {
        return bounds.now().getEpochSecond();
    }
}
