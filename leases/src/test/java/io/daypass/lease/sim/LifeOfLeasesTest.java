package io.daypass.lease.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.daypass.outbox.Event;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plays many seeds. A seed that fails is named; {@code -Ddaypass.seed=N} plays that one alone, step by step the same.
 */
class LifeOfLeasesTest {
    private static final int SEEDS = Integer.getInteger("daypass.seeds", 2000);

    /** A flaw that so many seeds don't meet isn't looked for well enough. */
    private static final int SEEDS_TO_FIND_A_FLAW = 400;

    @Test
    void everySeed_keepsTheInvariants() throws SQLException {
        Long one = Long.getLong("daypass.seed");
        if (one != null) {
            play(one);
            return;
        }
        Set<String> told = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            told.addAll(play(seed));
        }
        for (Event.Type type : EnumSet.complementOf(EnumSet.of(Event.Type.NOTED))) {
            assertTrue(told.stream().anyMatch(each -> each.startsWith(type.name())), type + " never happened");
        }
        for (String cause : List.of("expired", "revoked", "parent", "unmounted", "mint", "undelivered")) {
            assertTrue(told.contains("ENDING " + cause), "nothing ever ended: " + cause);
        }
    }

    @Test
    void aSeed_playsTheSameAgain() throws SQLException {
        for (long seed = 0; seed < 5; seed++) {
            assertEquals(Simulation.run(seed, Flaw.NONE), Simulation.run(seed, Flaw.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Flaw.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aRuleTakenAway_isNoticed(Flaw flaw) throws SQLException {
        for (long seed = 0; seed < SEEDS_TO_FIND_A_FLAW; seed++) {
            try {
                Simulation.run(seed, flaw);
            } catch (AssertionError found) {
                assertTrue(String.valueOf(found.getMessage()).matches("[SL]\\d.*"), found.getMessage());
                return;
            }
        }
        fail("nobody noticed: " + flaw);
    }

    private static Set<String> play(long seed) throws SQLException {
        try {
            return Simulation.run(seed, Flaw.NONE).told();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + " (replay: -Ddaypass.seed=" + seed + ")", e);
        }
    }
}
