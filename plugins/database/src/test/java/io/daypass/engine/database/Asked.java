package io.daypass.engine.database;

import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Request;
import java.time.Duration;
import java.time.Instant;

/** A request for a lease. */
record Asked(String role, long leaseNumber) implements Request {
    @Override
    public String at(String variable) {
        return role;
    }

    @Override
    public Lifetime lifetime(Duration ttl, Duration maxTtl) {
        return new Lifetime(now().plus(ttl), now().plus(maxTtl), true, null);
    }

    @Override
    public String name(int atMost) {
        return "d-" + leaseNumber;
    }

    @Override
    public String name(int atMost, String template) {
        return name(atMost);
    }

    @Override
    public byte[] random(int bytes) {
        return new byte[bytes];
    }

    @Override
    public long serial() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instant now() {
        return MemoryMount.NOW;
    }

    @Override
    public String leaseId() {
        return "id";
    }

    @Override
    public String displayName() {
        return "someone";
    }

    @Override
    public String reason() {
        return "";
    }
}
