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

    private static final byte[] PREFIX = "d1.".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_DIGITS = 12;
    private static final ThreadLocal<Tokens> OF_THREAD = ThreadLocal.withInitial(Tokens::new);

    private final Map<Algorithm, Hash> hashes = new EnumMap<>(Algorithm.class);
    private final byte[] code = new byte[Algorithm.HS512.length()];
    private final byte[] text = new byte[Text.encodedLength(Algorithm.HS512.length())];
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
        String head = "d1." + key.id() + "." + expiresAtSecond + ".";
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
        if (token.length > LONGEST
                || !Arrays.equals(token, 0, Math.min(PREFIX.length, token.length), PREFIX, 0, PREFIX.length)) {
            return Verdict.MALFORMED;
        }
        int expiryFrom = after(token, PREFIX.length);
        int payloadAt = expiryFrom < 0 ? -1 : after(token, expiryFrom);
        long expiry = payloadAt < 0 ? -1 : number(token, expiryFrom, payloadAt - 1);
        if (expiry < 0) {
            return Verdict.MALFORMED;
        }
        Key key = keys.named(token, PREFIX.length, expiryFrom - 1 - PREFIX.length);
        if (key == null || !key.verifies(nowMillis)) {
            return Verdict.UNKNOWN_KEY;
        }
        int codeFrom = token.length - key.codeLength();
        if (codeFrom <= payloadAt || token[codeFrom - 1] != '.' || !isCode(key, token, codeFrom)) {
            return Verdict.FORGED;
        }
        payloadFrom = payloadAt;
        payloadLength = codeFrom - 1 - payloadAt;
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
        int length = key.algorithm().length();
        hash(key).code(key, token, codeFrom - 1, code);
        int end = Text.encode(code, length, text, 0);
        int difference = 0;
        for (int i = 0; i < end; i++) {
            difference |= text[i] ^ token[codeFrom + i];
        }
        return difference == 0;
    }

    // Every algorithm has its hash from the constructor on.
    @SuppressWarnings("NullAway")
    private Hash hash(Key key) {
        return hashes.get(key.algorithm());
    }

    /** What comes after the next dot; -1 if there is none. */
    private static int after(byte[] token, int from) {
        for (int i = from; i < token.length; i++) {
            if (token[i] == '.') {
                return i + 1;
            }
        }
        return -1;
    }

    private static long number(byte[] token, int from, int to) {
        if (from == to || to - from > MOST_DIGITS || (token[from] == '0' && to - from > 1)) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = token[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
