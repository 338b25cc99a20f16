package io.daypass.broker.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Afterlife;
import io.daypass.lease.Bytes;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.daypass.lease.Source;
import io.daypass.plugin.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private static Lifetime fresh(int asked, int role, int roleMax, int mount, int mountMax, int parent) {
        Lifetimes.Bounds bounds = new Lifetimes.Bounds(
                NOW,
                asked == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(asked)),
                Duration.ofSeconds(mount),
                Duration.ofSeconds(mountMax),
                parent == 0 ? Lease.NEVER : NOW.plusSeconds(parent));
        return Lifetimes.fresh(bounds, Duration.ofSeconds(role), Duration.ofSeconds(roleMax));
    }

    @ParameterizedTest
    @CsvSource({
        // asked, role, role's max, mount, mount's max, token -> expiry, maximum, bound by
        "0, 60, 600, 30, 1000, 0, 60, 600,",
        "0, 0, 0, 30, 1000, 0, 30, 1000,",
        "0, 0, 20, 30, 1000, 0, 20, 20,",
        "10, 60, 600, 30, 1000, 0, 10, 600,",
        "90, 60, 600, 30, 1000, 0, 60, 600, the role's default_ttl",
        "90, 0, 600, 30, 1000, 0, 30, 600, the mount's default_lease_ttl",
        "0, 60, 50, 30, 1000, 0, 50, 50, the role's max_ttl",
        "0, 60, 600, 30, 40, 0, 40, 40, the mount's max_lease_ttl",
        "0, 60, 600, 30, 1000, 20, 20, 600, the token",
        "10, 60, 600, 30, 1000, 20, 10, 600,",
        "0, 60, 50, 30, 1000, 55, 50, 50, the role's max_ttl",
    })
    void fresh_takesTheLeast_andNamesWhatBoundIt(
            int asked,
            int role,
            int roleMax,
            int mount,
            int mountMax,
            int token,
            int expires,
            int max,
            @Nullable String boundBy) {
        Lifetime life = fresh(asked, role, roleMax, mount, mountMax, token);
        assertEquals(NOW.plusSeconds(expires), life.expiresAt());
        assertEquals(NOW.plusSeconds(max), life.maxExpiresAt());
        if (boundBy == null) {
            assertNull(life.boundBy());
        } else {
            assertTrue(String.valueOf(life.boundBy()).startsWith(boundBy), life.boundBy());
        }
    }

    @Test
    void fresh_overflowing_endsWithTime() {
        Lifetimes.Bounds bounds = new Lifetimes.Bounds(
                NOW,
                Optional.empty(),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE),
                Lease.NEVER);
        assertEquals(
                Lease.NEVER,
                Lifetimes.fresh(bounds, Duration.ZERO, Duration.ZERO).expiresAt());
    }

    private static Lease lease(int expires, int max) {
        return new Lease(
                7,
                new Source("p", "m", "k", ""),
                0,
                LeaseState.ACTIVE,
                true,
                NOW,
                NOW.minusSeconds(100),
                NOW.plusSeconds(expires),
                NOW.plusSeconds(max),
                NOW,
                0,
                null,
                "h",
                null,
                true,
                0,
                Bytes.EMPTY,
                1,
                Bytes.EMPTY,
                null,
                Afterlife.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        // wanted, lease ends, its maximum, mount's max (from 100 s ago), token -> end, bound by
        "60, 10, 600, 1000, 900, 60,",
        "700, 10, 600, 1000, 900, 600, its maximum",
        "700, 10, 900, 500, 900, 400, the mount's max_lease_ttl",
        "60, 10, 600, 1000, 30, 30, the token",
        "5, 10, 600, 1000, 900, 10,",
        "60, 50, 600, 1000, 30, 50, the token",
    })
    void renewed_neverEndsEarlier_andNamesWhatBoundIt(
            int wanted, int ends, int max, int mountMax, int token, int expected, @Nullable String boundBy) {
        Lifetimes.End end = Lifetimes.renewed(
                NOW,
                Duration.ofSeconds(wanted),
                lease(ends, max),
                Duration.ofSeconds(mountMax),
                NOW.plusSeconds(token));
        assertEquals(NOW.plusSeconds(expected), end.at());
        if (boundBy == null) {
            assertNull(end.boundBy());
        } else {
            assertTrue(String.valueOf(end.boundBy()).startsWith(boundBy), end.boundBy());
        }
    }
}
