package io.daypass.broker.mount;

import io.daypass.lease.Afterlife;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The serials of a kind: how they are had from a handle, who gave them, and until when they are listed. */
record Listing<H>(ToLongFunction<H> serial, Function<H, Instant> until, Function<H, String> issuer) {
    Listing(ToLongFunction<H> serial, Function<H, Instant> until) {
        this(serial, until, handle -> "");
    }

    /** @throws IllegalArgumentException if nothing is listed */
    static <H> Listing<H> issuedBy(@Nullable Listing<H> listing, Function<H, String> named) {
        if (listing == null) {
            throw new IllegalArgumentException("an issuer is named of what is listed");
        }
        return new Listing<>(listing.serial, listing.until, named);
    }

    /**
     * What is still known of a lease when it is over. Runs code of the engine.
     *
     * @param listing null: it isn't listed
     */
    static <H> Afterlife afterlife(@Nullable Listing<H> listing, H handle, @Nullable Instant lingersUntil) {
        if (listing == null) {
            return lingersUntil == null ? Afterlife.NONE : new Afterlife(0, 0, null, lingersUntil);
        }
        return new Afterlife(
                listing.serial.applyAsLong(handle),
                IssuerMark.of(listing.issuer.apply(handle)),
                listing.until.apply(handle),
                lingersUntil);
    }
}
