package io.daypass.hmac.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** A key of a key set. It prints without itself. */
final class Key {
    private final String id;
    private final byte[] head;
    private final Algorithm algorithm;
    private final byte[] innerPad;
    private final byte[] outerPad;
    private final boolean shared;
    private final long signsFrom;
    private final long signsUntil;
    private final long verifiesUntil;
    private final Instant knownSince;

    /**
     * @param id by which tokens name it
     * @param bytes the key itself
     * @param shared whether whoever may lease a key of the role gets this one
     * @param signsFrom it signs from then on
     * @param signsUntil it signs no more from then on
     * @param verifiesUntil nothing that it signed is good any more from then on
     * @param knownSince when it was first seen here
     */
    Key(
            String id,
            Algorithm algorithm,
            byte[] bytes,
            boolean shared,
            Instant signsFrom,
            Instant signsUntil,
            Instant verifiesUntil,
            Instant knownSince) {
        this.id = id;
        this.head = (Tokens.PREFIX + id + ".").getBytes(StandardCharsets.US_ASCII);
        this.algorithm = algorithm;
        this.innerPad = Hash.pad(algorithm, bytes, 0x36);
        this.outerPad = Hash.pad(algorithm, bytes, 0x5c);
        this.shared = shared;
        this.signsFrom = signsFrom.toEpochMilli();
        this.signsUntil = signsUntil.toEpochMilli();
        this.verifiesUntil = verifiesUntil.toEpochMilli();
        this.knownSince = knownSince;
    }

    String id() {
        return id;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /** Characters of a code in a token. */
    int codeLength() {
        return Text.encodedLength(algorithm.length());
    }

    byte[] innerPad() {
        return innerPad;
    }

    byte[] outerPad() {
        return outerPad;
    }

    boolean signs(long now) {
        return now < signsUntil;
    }

    /** Whether it may still sign where the next one isn't known to all yet. */
    boolean signsLate(long now) {
        return now < signsUntil + Tokens.ALLOWANCE.toMillis();
    }

    /** Whether whoever may lease a key would get this one now. */
    boolean signsForAll(long now) {
        return shared && signsFrom <= now && now < signsUntil;
    }

    /** When it is time to ask for the next one: two thirds of what it still has to sign. */
    Instant renewAt(Instant now) {
        long left = Math.max(0, signsUntil - now.toEpochMilli());
        return now.plusMillis(left * 2 / 3);
    }

    boolean verifies(long at) {
        return at < verifiesUntil;
    }

    Instant knownSince() {
        return knownSince;
    }

    /** With what its tokens begin, up to the expiry. */
    byte[] head() {
        return head;
    }

    /** Whether a token says that it is this key's. */
    boolean heads(byte[] token) {
        return token.length >= head.length && Arrays.equals(token, 0, head.length, head, 0, head.length);
    }

    @Override
    public String toString() {
        return id;
    }
}
