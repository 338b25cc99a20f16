package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FinalityTest {
    private static final Instant DEADLINE = SettableClock.START.plusSeconds(10);
    private static final Instant MARGIN = DEADLINE.plus(Terms.DEFAULT.margin());
    private static final Instant QUARANTINE = DEADLINE.plus(Terms.DEFAULT.quarantine());

    private final Finality finality = new Finality(
            Terms.DEFAULT, new Backoff(Terms.DEFAULT.firstRetry(), Terms.DEFAULT.lastRetry(), new SplittableRandom(7)));

    private static Lease row(boolean mintOver) {
        NewLease some = Draft.lease(1).at(SettableClock.START);
        return new Lease(
                1,
                some.source(),
                0,
                LeaseState.REVOKING,
                mintOver,
                DEADLINE,
                some.issuedAt(),
                some.expiresAt(),
                some.maxExpiresAt(),
                some.expiresAt(),
                0,
                null,
                "somebody",
                null,
                true,
                0,
                Bytes.EMPTY,
                1,
                Bytes.EMPTY,
                null,
                Afterlife.NONE);
    }

    @Test
    void mintOver_orVouched_isFinal() {
        Instant early = SettableClock.START;
        assertEquals(Optional.empty(), finality.keptUntil(row(true), false, true, early, early));
        assertEquals(Optional.empty(), finality.keptUntil(row(true), false, false, early, early));
        assertEquals(Optional.empty(), finality.keptUntil(row(false), true, true, early, early));
    }

    @Test
    void withAFence_isKeptUntilTheMargin_thenAskedAgain_neverFinalByWaiting() {
        assertEquals(Optional.of(MARGIN), finality.keptUntil(row(false), false, true, DEADLINE, DEADLINE));
        Instant late = MARGIN.plusSeconds(100);
        Instant again = finality.keptUntil(row(false), false, true, late, late).orElseThrow();
        assertTrue(again.isAfter(late.plusSeconds(49)) && !again.isAfter(late.plusSeconds(100)), again.toString());
        assertTrue(finality.keptUntil(row(false), false, true, QUARANTINE, QUARANTINE)
                .isPresent());
    }

    @Test
    void withoutAFence_isFinal_onlyIfTheRevokeBeganAfterTheQuarantine() {
        Instant justBefore = QUARANTINE.minusMillis(1);
        assertEquals(
                Optional.of(QUARANTINE),
                finality.keptUntil(row(false), false, false, justBefore, QUARANTINE.plusSeconds(1)));
        assertEquals(
                Optional.empty(),
                finality.keptUntil(row(false), false, false, QUARANTINE, QUARANTINE.plus(Duration.ofSeconds(1))));
    }
}
