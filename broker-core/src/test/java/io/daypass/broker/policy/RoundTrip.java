package io.daypass.broker.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The property that every text has: it is refused, or its canonical form says the same. */
final class RoundTrip {
    private RoundTrip() {}

    static void check(String text) {
        Policy policy;
        try {
            policy = Policy.parse("p", text);
        } catch (PolicyException refused) {
            return;
        }
        assertEquals(policy.rules(), PolicyReader.read(policy.canonical()), text);
    }
}
