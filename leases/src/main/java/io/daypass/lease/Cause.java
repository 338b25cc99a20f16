package io.daypass.lease;

import org.jspecify.annotations.Nullable;

/** Why a lease ends. Its lower-case name goes into the event. */
public enum Cause {
    /** Its time was over. */
    EXPIRED(1),
    /** Somebody asked for it. */
    REVOKED(2),
    /** The token it hangs from ended. */
    PARENT(3),
    /** Its mount or target was taken away. */
    UNMOUNTED(4),
    /** Its mint failed or its outcome is unknown. */
    MINT(5),
    /** The caller was gone, or the audit log refused, before the first byte of the reply. */
    UNDELIVERED(6),
    /** Its target said that there is nothing to renew. */
    VANISHED(7),
    /** It was used as often as it could be. */
    SPENT(8);

    private final int code;

    Cause(int code) {
        this.code = code;
    }

    /** The number that the store keeps. */
    public int code() {
        return code;
    }

    /** The cause with that number; null if there is none. */
    public static @Nullable Cause of(int code) {
        for (Cause cause : values()) {
            if (cause.code == code) {
                return cause;
            }
        }
        return null;
    }
}
