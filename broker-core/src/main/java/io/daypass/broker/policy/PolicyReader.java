package io.daypass.broker.policy;

import java.util.List;

/** Reads the text of a policy, in either of its two forms. */
final class PolicyReader {
    /** The longest text, in characters. */
    static final int MAX_LENGTH = 256 * 1024;

    private PolicyReader() {}

    /**
     * @throws PolicyException if anything in it isn't understood to the letter
     */
    static List<Rule> read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new PolicyException(1, 1, "the policy is longer than " + MAX_LENGTH + " characters; split it in two");
        }
        Stanzas stanzas = new Stanzas();
        if (text.stripLeading().startsWith("{")) {
            new JsonPolicyReader(text, stanzas).read();
        } else {
            new HclPolicyReader(text, stanzas).read();
        }
        return stanzas.rules();
    }
}
