package io.daypass.hmac.client;

/** What came of checking a token. */
public enum Verdict {
    /** It is what it says, and still good. */
    VALID,
    /** It isn't a token of this format. */
    MALFORMED,
    /** Its key is not known: it was retired, is too old, or was never one of this role. */
    UNKNOWN_KEY,
    /** Its time is over. */
    EXPIRED,
    /** It ends later than any session may. */
    TOO_LONG,
    /** Its key did not sign it. */
    FORGED
}
