package io.daypass.lease;

/** Why a lease ends. Its lower-case name goes into the event. */
public enum Cause {
    /** Its time was over. */
    EXPIRED,
    /** Somebody asked for it. */
    REVOKED,
    /** The token it hangs from ended. */
    PARENT,
    /** Its mount or target was taken away. */
    UNMOUNTED,
    /** Its mint failed or its outcome is unknown. */
    MINT,
    /** The caller was gone, or the audit log refused, before the first byte of the reply. */
    UNDELIVERED,
    /** Its target said that there is nothing to renew. */
    VANISHED,
    /** It was used as often as it could be. */
    SPENT
}
