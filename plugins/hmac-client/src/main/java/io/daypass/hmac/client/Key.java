package io.daypass.hmac.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A key of a key set. It prints without itself. */
final class Key {
    private final String id;
    private final byte[] idBytes;
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
        this.idBytes = id.getBytes(StandardCharsets.US_ASCII);
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

    /** Whether a part of an array is this key's id. */
    boolean isNamed(byte[] text, int from, int length) {
        if (length != idBytes.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[from + i] != idBytes[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return id;
    }
}
