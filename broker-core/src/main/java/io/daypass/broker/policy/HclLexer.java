package io.daypass.broker.policy;

/** Cuts a policy written in HCL into tokens; comments and blanks between them are dropped. */
final class HclLexer {
    private static final int END = -1;

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    HclLexer(String text) {
        this.text = text;
    }

    /**
     * The next token; at the end, {@code END} as often as asked.
     *
     * @throws PolicyException if there is none that we read
     */
    HclToken next() {
        skipBlanksAndComments();
        Position here = here();
        int c = peek();
        if (c == END) {
            return new HclToken(HclToken.Kind.END, "", here);
        }
        if (c == '"') {
            return new HclToken(HclToken.Kind.STRING, string(here), here);
        }
        if (isWordStart(c)) {
            int from = at;
            while (isWordStart(peek()) || isDigit(peek()) || peek() == '-' || peek() == '.') {
                at++;
            }
            return new HclToken(HclToken.Kind.WORD, text.substring(from, at), here);
        }
        if ("{}[]=,".indexOf(c) >= 0) {
            at++;
            return new HclToken(HclToken.Kind.MARK, String.valueOf((char) c), here);
        }
        throw unread(c, here);
    }

    private PolicyException unread(int c, Position here) {
        if (text.startsWith("<<", at)) {
            return new PolicyException(here, "heredocs aren't read here; write the string in quotes");
        }
        if (text.startsWith("${", at)) {
            return new PolicyException(here, "${ } isn't evaluated; write the value out");
        }
        if (isDigit(c) || c == '-') {
            return new PolicyException(here, "no key of a policy has a number as its value");
        }
        return new PolicyException(here, "unexpected character " + Stanzas.quoted(String.valueOf((char) c)));
    }

    private void skipBlanksAndComments() {
        while (true) {
            int c = peek();
            if (c == '\n') {
                newLine();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '#' || text.startsWith("//", at)) {
                skipLine();
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (peek() != END && peek() != '\n') {
            at++;
        }
    }

    private void skipComment() {
        Position begin = here();
        at += 2;
        while (!text.startsWith("*/", at)) {
            if (peek() == END) {
                throw new PolicyException(begin, "this comment isn't closed; end it with */");
            }
            if (peek() == '\n') {
                newLine();
            } else {
                at++;
            }
        }
        at += 2;
    }

    private String string(Position begin) {
        StringBuilder value = new StringBuilder();
        at++;
        while (peek() != '"') {
            if (peek() == END || peek() == '\n') {
                throw new PolicyException(begin, "this string isn't closed on its line; end it with \"");
            }
            if (text.startsWith("${", at)) {
                throw new PolicyException(here(), "${ } isn't evaluated; write the value out");
            }
            if (peek() == '\\') {
                value.append(escape());
            } else {
                value.append(text.charAt(at++));
            }
        }
        at++;
        return value.toString();
    }

    private char escape() {
        Position begin = here();
        at++;
        int c = peek();
        at++;
        if (c == '"' || c == '\\') {
            return (char) c;
        }
        if (c == 'u' && at + 4 <= text.length()) {
            String hex = text.substring(at, at + 4);
            if (hex.chars().allMatch(h -> Character.digit(h, 16) >= 0 && h < 128)) {
                at += 4;
                return (char) Integer.parseInt(hex, 16);
            }
        }
        throw new PolicyException(begin, "unknown escape; there are \\\", \\\\ and \\u with four hexadecimal digits");
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private Position here() {
        return new Position(line, at - lineStart + 1);
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isWordStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
