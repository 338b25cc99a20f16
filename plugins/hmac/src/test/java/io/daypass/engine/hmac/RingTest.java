package io.daypass.engine.hmac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
    private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
    private static final Duration TTL = Duration.ofHours(24);
    private static final Duration VERIFIES = Duration.ofHours(8).plus(Ring.ALLOWANCE);

    private int made;

    private Key fresh(Instant from) {
        made++;
        return new Key(
                "s" + made,
                "web",
                Algorithm.SHA256,
                Secret.of("key " + made),
                from,
                from.plus(TTL),
                from.plus(TTL).plus(VERIFIES));
    }

    private static List<String> states(Ring ring, Instant now) {
        return ring.keys().stream().map(key -> key.id() + " " + key.state(now)).toList();
    }

    private Ring rotated(Ring ring, Instant now) {
        return ring.rotated(now, TTL, VERIFIES, this::fresh);
    }

    private Ring retired(Ring ring, String id, Instant now) {
        return ring.retired(id, now, TTL, VERIFIES, this::fresh);
    }

    @Test
    void covering_longerSessions_letsWhatWillBeSignedLive_andWakesNothingUp() {
        Instant later = START.plus(TTL);
        Ring ring = Ring.EMPTY.at(START, this::fresh).at(later, this::fresh);
        Duration longer = VERIFIES.multipliedBy(3);
        assertFalse(ring.isShorterThan(VERIFIES));
        assertTrue(ring.isShorterThan(longer));
        Ring covering = ring.covering(later, longer);
        assertFalse(covering.isShorterThan(longer));
        assertEquals(ring.keys().get(0), covering.keys().get(0));
        assertEquals(
                later.plus(TTL).plus(longer),
                covering.current(later).orElseThrow().verifiesUntil());
        assertEquals(covering, covering.covering(later, VERIFIES));
    }

    @Test
    void clockThatWasSetBack_losesNoKeyThatHasSigned() {
        Ring ring = Ring.EMPTY.at(START, this::fresh).at(START.plus(TTL), this::fresh);
        Instant back = START.minus(Duration.ofDays(1));
        assertEquals("s1", ring.current(back).orElseThrow().id());
        assertEquals(ring, ring.at(back, this::fresh));
        List<String> ids = rotated(ring, back).keys().stream().map(Key::id).toList();
        assertTrue(ids.containsAll(List.of("s1", "s2", "s3")), ids.toString());
    }

    @Test
    void at_goesOnWithTime() {
        Ring ring = Ring.EMPTY.at(START, this::fresh);
        assertEquals(List.of("s1 CURRENT", "s2 NEXT"), states(ring, START));
        assertEquals(START.plus(TTL), ring.due());
        Instant later = START.plus(TTL);
        ring = ring.at(later, this::fresh);
        assertEquals(List.of("s1 VERIFY_ONLY", "s2 CURRENT", "s3 NEXT"), states(ring, later));
        Instant gone = later.plus(VERIFIES);
        assertEquals(gone, ring.due());
        assertEquals(List.of("s2 CURRENT", "s3 NEXT"), states(ring.at(gone, this::fresh), gone));
    }

    @Test
    void at_afterAllWasMissed_beginsAnew() {
        Instant late = START.plus(TTL.multipliedBy(9));
        Ring ring = Ring.EMPTY.at(START, this::fresh).at(late, this::fresh);
        assertEquals(List.of("s3 CURRENT", "s4 NEXT"), states(ring, late));
    }

    @Test
    void rotated_letsTheNextSign_andTheLastOneBeChecked() {
        Ring ring = Ring.EMPTY.at(START, this::fresh);
        Instant now = START.plusSeconds(1);
        Ring after = rotated(ring, now);
        assertEquals(List.of("s1 VERIFY_ONLY", "s2 CURRENT", "s3 NEXT"), states(after, now));
        assertEquals(now.plus(VERIFIES), after.keys().get(0).verifiesUntil());
        assertEquals(now.plus(VERIFIES), after.due());
    }

    @Test
    void retired_isGone_andTheNextSigns() {
        Ring ring = Ring.EMPTY.at(START, this::fresh);
        assertEquals(List.of("s2 CURRENT", "s3 NEXT"), states(retired(ring, "s1", START), START));
        made = 2;
        assertEquals(List.of("s1 CURRENT", "s3 NEXT"), states(retired(ring, "s2", START), START));
        assertEquals(ring, retired(ring, "none", START));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappens_oneKeySigns_oneIsNext_andWhatSignedIsGoodLongEnough(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Instant> goodUntil = new HashMap<>();
        Set<String> retired = new HashSet<>();
        Instant now = START;
        Ring ring = Ring.EMPTY.at(now, this::fresh);
        for (int step = 0; step < 500; step++) {
            String current = ring.current(now).orElseThrow().id();
            goodUntil.put(current, now.plus(VERIFIES));
            now = now.plusSeconds(random.nextLong(1, TTL.toSeconds() / 2));
            ring = ring.at(now, this::fresh);
            switch (random.nextInt(4)) {
                case 0 -> ring = rotated(ring, now);
                case 1 -> {
                    String victim =
                            ring.keys().get(random.nextInt(ring.keys().size())).id();
                    ring = retired(ring, victim, now);
                    retired.add(victim);
                }
                default -> {
                    // Time alone.
                }
            }
            check(ring, now, goodUntil, retired, "seed " + seed + ", step " + step);
        }
    }

    private static void check(
            Ring ring, Instant now, Map<String, Instant> goodUntil, Set<String> retired, String where) {
        long signing = ring.keys().stream()
                .filter(key -> key.state(now) == Key.State.CURRENT)
                .count();
        assertEquals(1, signing, where);
        assertEquals(Key.State.NEXT, ring.keys().get(ring.keys().size() - 1).state(now), where);
        assertTrue(ring.due().isAfter(now), where);
        retired.forEach(id -> assertFalse(ring.find(id, now).isPresent(), where));
        goodUntil.forEach((id, until) -> assertTrue(
                retired.contains(id)
                        || !until.isAfter(now)
                        || ring.find(id, now).isPresent(),
                where + ": " + id));
    }
}
