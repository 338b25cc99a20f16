package io.daypass.broker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.daypass.broker.seal.Keys;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is taken for an id: it leads nowhere, or is the very text that was given out for the row it leads to. */
class IdsFuzzTest {
    private static final String PATH = "database/creds/reader";
    private static final long NUMBER = 4711;
    private static final int ALTERATIONS = 20_000;

    private final Ids ids = new Ids(Keys.open(new Random(1)));

    @FuzzTest
    void id_fuzzed(FuzzedDataProvider data) {
        check(data.consumeRemainingAsString());
    }

    @Test
    void id_alteredAnywhere() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String given = ids.leaseId(PATH, NUMBER);
        for (int i = 0; i < ALTERATIONS; i++) {
            String altered = altered(given, random);
            check(altered);
            assertEquals(
                    altered.equals(given), ids.leaseNumber(altered).isPresent(), altered + ", of the seed " + seed);
        }
    }

    private void check(String text) {
        OptionalLong lease = ids.leaseNumber(text);
        if (lease.isPresent()) {
            assertEquals(text, ids.leaseId(text.substring(0, text.lastIndexOf('/')), lease.getAsLong()));
        }
        OptionalLong accessor = ids.accessorNumber(text);
        if (accessor.isPresent()) {
            assertEquals(text, ids.accessor(accessor.getAsLong()));
        }
        assertTrue(Ids.tokenNumber(text).isEmpty() || text.startsWith("d."), text);
    }

    /** With one to three characters another, gone, or too many. */
    private static String altered(String id, Random random) {
        StringBuilder text = new StringBuilder(id);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) random.nextInt(0x3000));
                case 2 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
                default -> text.setLength(Math.max(4, at));
            }
        }
        return text.toString();
    }
}
