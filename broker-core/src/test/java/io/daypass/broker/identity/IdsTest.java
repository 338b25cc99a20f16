package io.daypass.broker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.seal.Keys;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdsTest {
    private final Ids ids = new Ids(Keys.open(new Random(1)));

    @Test
    void leaseId_leadsBackToItsRow() {
        String id = ids.leaseId("database/creds/reader", 4711);
        assertTrue(id.startsWith("database/creds/reader/"), id);
        assertEquals(OptionalLong.of(4711), ids.leaseNumber(id));
    }

    @Test
    void leaseId_ofAnotherPathOrAltered_leadsNowhere() {
        String id = ids.leaseId("database/creds/reader", 4711);
        String tail = id.substring(id.lastIndexOf('/'));
        assertEquals(OptionalLong.empty(), ids.leaseNumber("database/creds/writer" + tail));
        for (int i = 0; i < tail.length() - 1; i++) {
            char other = tail.charAt(i + 1) == 'A' ? 'B' : 'A';
            String altered = tail.substring(0, i + 1) + other + tail.substring(i + 2);
            OptionalLong found = ids.leaseNumber("database/creds/reader" + altered);
            assertTrue(found.isEmpty() || found.getAsLong() == 4711, altered);
        }
        assertEquals(OptionalLong.empty(), ids.leaseNumber("database/creds/reader/"));
        assertEquals(OptionalLong.empty(), ids.leaseNumber("nothing"));
    }

    @Test
    void leaseId_spelledInAnotherWay_leadsNowhere() {
        String id = ids.leaseId("database/creds/reader", 4711);
        String stem = id.substring(0, id.length() - 1);
        long spellings = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .chars()
                .filter(last -> ids.leaseNumber(stem + (char) last).isPresent())
                .count();
        assertEquals(1, spellings);
        assertEquals(OptionalLong.empty(), ids.leaseNumber(id + "="));
    }

    @Test
    void accessor_isNoLeaseId() {
        String accessor = ids.accessor(7);
        assertEquals(OptionalLong.of(7), ids.accessorNumber(accessor));
        assertEquals(OptionalLong.empty(), ids.leaseNumber("auth/token/create/" + accessor));
        assertEquals(OptionalLong.empty(), ids.accessorNumber("?"));
    }

    @Test
    void token_carriesItsNumber_andItsTagIsNotTheToken() {
        String token = Ids.token(12, new byte[20]);
        assertEquals(OptionalLong.of(12), Ids.tokenNumber(token));
        assertEquals(OptionalLong.empty(), Ids.tokenNumber("root"));
        assertEquals(OptionalLong.empty(), Ids.tokenNumber("d.short"));
        assertEquals(ids.tokenTag(token), ids.tokenTag(token));
        assertNotEquals(ids.tokenTag(token), ids.tokenTag("root"));
    }
}
