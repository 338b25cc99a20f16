package io.daypass.engine.hmac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.plugin.Invalid;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoleTest {
    private static Role role(
            Algorithm algorithm, @Nullable Integer bits, Duration ttl, Duration session, @Nullable Duration overlap) {
        return new Role(
                algorithm,
                Optional.ofNullable(bits),
                Sharing.PER_LEASE,
                ttl,
                Duration.ZERO,
                session,
                Optional.ofNullable(overlap),
                Optional.empty(),
                Optional.empty());
    }

    private static String wrong(
            Algorithm algorithm, @Nullable Integer bits, Duration ttl, Duration session, @Nullable Duration overlap) {
        return assertThrows(Invalid.class, () -> role(algorithm, bits, ttl, session, overlap))
                .field();
    }

    @Test
    void overlap_isTheLongestSession_andTheAllowance() {
        Duration day = Duration.ofHours(24);
        assertEquals(
                day.plus(Ring.ALLOWANCE),
                role(Algorithm.SHA256, null, day, day, null).verifies());
        assertEquals(
                day.multipliedBy(2).plus(Ring.ALLOWANCE),
                role(Algorithm.SHA256, null, day, day, day.multipliedBy(2)).verifies());
    }

    @Test
    void whatWouldLoseSessions_orIsNoKey_isRefused_namingTheField() {
        Duration day = Duration.ofHours(24);
        assertEquals("overlap", wrong(Algorithm.SHA256, null, day, day, day.minusSeconds(1)));
        assertEquals("ttl", wrong(Algorithm.SHA256, null, Duration.ZERO, day, null));
        assertEquals("session_ttl", wrong(Algorithm.SHA256, null, day, Duration.ZERO, null));
        for (int bits : new int[] {0, 8, 248, 255, 257, 4097, 4104, -256}) {
            assertEquals("key_bits", wrong(Algorithm.SHA256, bits, day, day, null));
        }
        assertEquals("key_bits", wrong(Algorithm.SHA512, 256, day, day, null));
        assertEquals(64, role(Algorithm.SHA512, null, day, day, null).keyBytes());
    }
}
