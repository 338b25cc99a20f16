package io.daypass.outbox;

import io.daypass.lease.Source;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a lease, or that a mount tells about itself.
 *
 * @param cursor its place in the outbox, growing without order in time between leases but in order for each
 * @param at when, by the store's clock
 * @param type what happened
 * @param n the number of the lease; 0 if it is about none
 * @param source where the lease comes from
 * @param holder whoever asked for it
 * @param reason what they gave as reason
 * @param expiresAt its end as of then
 * @param detail a cause, an error, until when it is kept; empty if there is nothing to say
 */
public record Event(
        long cursor,
        Instant at,
        Type type,
        long n,
        Source source,
        String holder,
        @Nullable String reason,
        Instant expiresAt,
        String detail) {
    public Event {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(detail, "detail");
    }

    /** What can happen to a lease. {@link #code} is what the store keeps. */
    public enum Type {
        /** Written down, not yet minted. */
        BEGUN(1, "lease.begun"),
        /** Handed out. */
        ISSUED(2, "lease.issued"),
        /** Ends later now. */
        RENEWED(3, "lease.renewed"),
        /** Its end has begun; the detail is the cause. */
        ENDING(4, "lease.ending"),
        /** An attempt to end it failed; the detail is the error. */
        RETRYING(5, "lease.retrying"),
        /** Kept a while to be sure; the detail says until when. */
        WAITING(6, "lease.waiting"),
        /** Gone. */
        ENDED(7, "lease.ended"),
        /** An operator gave up on it; it is tried again all the same. */
        GIVEN_UP(8, "lease.given_up"),
        /** Not a lease's: something that a mount tells about itself. The number is 0; the detail says what. */
        NOTED(9, "mount.noted");

        private final int code;
        private final String text;

        Type(int code, String text) {
            this.code = code;
            this.text = text;
        }

        /** The number that the store keeps. */
        public int code() {
            return code;
        }

        /** The name that subscribers see. */
        public String text() {
            return text;
        }

        /**
         * The type with that number.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Type of(int code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new IllegalArgumentException("no event has the type " + code);
        }
    }
}
