package io.daypass.broker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void of_withinAllBounds_isWhatWasAskedFor() {
        Life life = Life.of(NOW, Duration.ofHours(1), NOW.plusSeconds(7200), "the maximum", Lease.NEVER);
        assertEquals(NOW.plusSeconds(3600), life.expiresAt());
        assertTrue(life.warnings().isEmpty());
    }

    @Test
    void of_beyondTheMaximum_saysSo() {
        Life life = Life.of(NOW, Duration.ofHours(3), NOW.plusSeconds(7200), "the maximum", Lease.NEVER);
        assertEquals(NOW.plusSeconds(7200), life.expiresAt());
        assertTrue(life.warnings().get(0).contains("7200 s")
                && life.warnings().get(0).contains("the maximum"));
    }

    @Test
    void of_beyondTheParent_namesTheParentAlone() {
        Life life = Life.of(NOW, Duration.ofHours(3), NOW.plusSeconds(7200), "the maximum", NOW.plusSeconds(60));
        assertEquals(NOW.plusSeconds(60), life.expiresAt());
        assertEquals(1, life.warnings().size());
        assertTrue(
                life.warnings().get(0).contains("renew that one"),
                life.warnings().get(0));
    }

    @Test
    void of_parentEndsFirst_theMaximumStays_soThatARenewalCanGoFurther() {
        Life life = Life.of(NOW, Duration.ofHours(1), NOW.plusSeconds(7200), "the maximum", NOW.plusSeconds(60));
        assertEquals(NOW.plusSeconds(7200), life.maxExpiresAt());
    }
}
