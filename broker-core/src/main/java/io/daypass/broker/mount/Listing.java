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

    Listing<H> issuedBy(Function<H, String> named) {
        return new Listing<>(serial, until, named);
    }

    /** Runs code of the engine. */
    Afterlife afterlife(H handle, @Nullable Instant lingersUntil) {
        return new Afterlife(
                serial.applyAsLong(handle), IssuerMark.of(issuer.apply(handle)), until.apply(handle), lingersUntil);
    }
}
