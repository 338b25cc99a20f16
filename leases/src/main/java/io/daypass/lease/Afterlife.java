package io.daypass.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What others must still be able to learn of a lease when it is over. Fixed when it is begun, like all else.
 *
 * @param serial the credential's number among those of its mount; 0: it has none
 * @param issuer stands for whoever gave the serial, as targets tell it: the first bytes of a hash; 0: nobody
 * @param listedUntil until when its serial is on the list of those that were ended before their time, should that happen;
 *     null: it never is
 * @param lingersUntil until when its row stays after it has expired; null: it goes at once
 */
public record Afterlife(
        long serial,
        long issuer,
        @Nullable Instant listedUntil,
        @Nullable Instant lingersUntil) {
    /** Nothing. */
    public static final Afterlife NONE = new Afterlife(0, 0, null, null);

    public Afterlife {
        if (listedUntil != null && serial < 1) {
            throw new IllegalArgumentException("what is to be listed has a serial");
        }
    }
}
