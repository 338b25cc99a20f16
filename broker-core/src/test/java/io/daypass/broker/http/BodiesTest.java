package io.daypass.broker.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BodiesTest {
    @Test
    void room_isThereOnce_andAgainWhenGivenBack() {
        Bodies bodies = new Bodies(100, 250);
        assertTrue(bodies.take(100));
        assertTrue(bodies.take(100));
        assertFalse(bodies.take(100));
        assertTrue(bodies.take(50));
        bodies.giveBack(100);
        assertTrue(bodies.take(100));
        assertFalse(bodies.take(1));
    }

    @Test
    void room_isEnoughForOneBodyOfTheGreatestLength() {
        assertTrue(new Bodies(100, 10).take(100));
    }
}
