package io.daypass.hmac.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of tokens: {@code d1.KEY.EXPIRY.PAYLOAD.CODE}. The expiry is in seconds since 1970, payload and code are
 * base64url, and the code is over all that stands before its dot. The algorithm is the key's and stands nowhere, so nobody
 * can choose another. Pure but for buffers of the thread.
 */
final class Tokens {
    /** No cookie is longer, and no buffer here. */
    static final int LONGEST = 4096;

    /** Clocks may differ by so much. */
    static final Duration ALLOWANCE = Duration.ofMinutes(2);

    /** With what every token begins. */
    static final String PREFIX = "d1.";

    private static final int MOST_DIGITS = 12;
    private static final ThreadLocal<Tokens> OF_THREAD = ThreadLocal.withInitial(Tokens::new);

    private final Map<Algorithm, Hash> hashes = new EnumMap<>(Algorithm.class);
    private final byte[] code = new byte[Algorithm.HS512.length() + 1];
    private int payloadFrom;
    private int payloadLength;

    private Tokens() {
        for (Algorithm algorithm : Algorithm.values()) {
            hashes.put(algorithm, Hash.of(algorithm));
        }
    }

    static Tokens ofThread() {
        return OF_THREAD.get();
    }

    /**
     * Writes a token.
     *
     * @throws IllegalArgumentException if it would be longer than a token may be
     */
    byte[] write(Key key, long expiresAtSecond, byte[] payload) {
        String head = PREFIX + key.id() + "." + expiresAtSecond + ".";
        int codeFrom = head.length() + Text.encodedLength(payload.length);
        int length = codeFrom + 1 + Text.encodedLength(key.algorithm().length());
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    "a token of " + payload.length + " bytes would be longer than " + LONGEST + " characters");
        }
        byte[] token = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), length);
        Text.encode(payload, payload.length, token, head.length());
        token[codeFrom] = '.';
        hash(key).code(key, token, codeFrom, code);
        Text.encode(code, key.algorithm().length(), token, codeFrom + 1);
        return token;
    }

    /** Checks a token. */
    Verdict check(Keys keys, long nowMillis, byte[] token) {
        if (token.length > LONGEST) {
            return Verdict.MALFORMED;
        }
        Key key = keys.heading(token);
        int expiryFrom = key == null ? afterAnyHead(token) : key.head().length;
        long expiry = expiryFrom < 0 ? -1 : expiry(token, expiryFrom);
        if (expiry < 0) {
            return Verdict.MALFORMED;
        }
        if (key == null || !key.verifies(nowMillis)) {
            return Verdict.UNKNOWN_KEY;
        }
        int codeFrom = token.length - key.codeLength();
        if (codeFrom <= payloadFrom || token[codeFrom - 1] != '.' || !isCode(key, token, codeFrom)) {
            return Verdict.FORGED;
        }
        payloadLength = codeFrom - 1 - payloadFrom;
        return inTime(keys, nowMillis, expiry);
    }

    /** The payload of the token that was checked last; null if it isn't base64url. */
    byte @Nullable [] payload(byte[] token) {
        int length = Text.decodedLength(payloadLength);
        if (length < 0) {
            return null;
        }
        byte[] payload = new byte[length];
        return Text.decode(token, payloadFrom, payloadLength, payload) ? payload : null;
    }

    private static Verdict inTime(Keys keys, long nowMillis, long expiry) {
        long left = expiry * 1000 - nowMillis;
        if (left <= 0) {
            return Verdict.EXPIRED;
        }
        return left > keys.longest().toMillis() + ALLOWANCE.toMillis() ? Verdict.TOO_LONG : Verdict.VALID;
    }

    private boolean isCode(Key key, byte[] token, int codeFrom) {
        hash(key).code(key, token, codeFrom - 1, code);
        return Text.isOf(token, codeFrom, code, key.algorithm().length());
    }

    // Every algorithm has its hash from the constructor on.
    @SuppressWarnings("NullAway")
    private Hash hash(Key key) {
        return hashes.get(key.algorithm());
    }

    /** Where the expiry begins in a token of whatever key; -1: it is no token. */
    private static int afterAnyHead(byte[] token) {
        for (int i = 0; i < token.length; i++) {
            if (i < PREFIX.length() && token[i] != PREFIX.charAt(i)) {
                return -1;
            }
            if (i >= PREFIX.length() && token[i] == '.') {
                return i + 1;
            }
        }
        return -1;
    }

    /** The number up to the next dot, and behind that the payload is; -1: there is no such number. */
    private long expiry(byte[] token, int from) {
        long number = 0;
        for (int i = from; i < token.length && i - from <= MOST_DIGITS; i++) {
            if (token[i] == '.') {
                payloadFrom = i + 1;
                return i == from || (token[from] == '0' && i - from > 1) ? -1 : number;
            }
            int digit = token[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return -1;
    }
}
