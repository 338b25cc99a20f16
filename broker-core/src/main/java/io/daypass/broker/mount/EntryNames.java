package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import java.util.regex.Pattern;

/** What entries of mounts may be called. */
final class EntryNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.@-]{0,126}[A-Za-z0-9_])?");

    /** What a name must be, in words. */
    static final String RULE = "a name holds letters, digits and _ . @ - (not at its ends), at most 128 characters";

    private EntryNames() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Checks a name that something is to be written under.
     *
     * @param field for the error
     * @throws ApiException 400
     */
    static void check(String field, String name) {
        if (!isName(name)) {
            throw ApiException.badRequest(field + ": " + RULE);
        }
    }
}
