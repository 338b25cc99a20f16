package io.daypass.broker.policy;

import java.util.Set;

/**
 * Reads the part of HCL that policies are written in, and nothing else of it:
 *
 * <pre>
 * policy  = { "path" STRING "{" [ "capabilities" "=" list [ "," ] ] "}" | "name" "=" STRING }
 * list    = "[" [ STRING { "," STRING } [ "," ] ] "]"
 * </pre>
 *
 * A policy is authorization: what a general reader would guess at, skip or overwrite is an error here.
 */
final class HclPolicyReader {
    private static final String STANZA = "; a stanza is: path \"a/b/*\" { capabilities = [\"read\"] }";

    private final HclLexer lexer;
    private final Stanzas stanzas;
    private HclToken token;

    HclPolicyReader(String text, Stanzas stanzas) {
        this.lexer = new HclLexer(text);
        this.stanzas = stanzas;
        this.token = lexer.next();
    }

    void read() {
        boolean named = false;
        while (token.kind() != HclToken.Kind.END) {
            HclToken key = key(STANZA);
            switch (key.text()) {
                case "path" -> stanza();
                case "name" -> {
                    if (named) {
                        throw Stanzas.repeated("name", key.at());
                    }
                    named = true;
                    expect("=", "");
                    string("; the name is a string");
                }
                default -> throw Stanzas.unknownTopKey(key.text(), key.at());
            }
        }
    }

    private void stanza() {
        HclToken path = string(STANZA);
        Set<Capability> capabilities = stanzas.begin(path.text(), path.at());
        expect("{", STANZA);
        boolean given = false;
        while (!token.is("}")) {
            HclToken key = key(" or '}' to close the stanza of " + Stanzas.quoted(path.text()));
            if (!key.text().equals("capabilities")) {
                throw Stanzas.unknownKey(key.text(), key.at());
            }
            if (given) {
                throw Stanzas.repeated("capabilities", key.at());
            }
            given = true;
            expect("=", "");
            list(capabilities);
            if (token.is(",")) {
                advance();
            }
        }
        advance();
    }

    private void list(Set<Capability> into) {
        expect("[", "; capabilities are a list: [\"read\", \"list\"]");
        while (!token.is("]")) {
            HclToken capability = string(" or ']' to close the list");
            into.add(Stanzas.capability(capability.text(), capability.at()));
            if (token.is("]")) {
                break;
            }
            expect(",", " between two capabilities, or ']' after the last");
        }
        advance();
    }

    private HclToken key(String hint) {
        if (token.kind() != HclToken.Kind.WORD && token.kind() != HclToken.Kind.STRING) {
            throw new PolicyException(token.at(), "expected a key" + hint + ", but found " + token.described());
        }
        return advance();
    }

    private HclToken string(String hint) {
        if (token.kind() != HclToken.Kind.STRING) {
            throw new PolicyException(token.at(), "expected a string in quotes, but found " + token.described() + hint);
        }
        return advance();
    }

    private void expect(String mark, String hint) {
        if (!token.is(mark)) {
            throw new PolicyException(token.at(), "expected '" + mark + "', but found " + token.described() + hint);
        }
        advance();
    }

    /** Moves on; gives what was passed. */
    private HclToken advance() {
        HclToken passed = token;
        token = lexer.next();
        return passed;
    }
}
