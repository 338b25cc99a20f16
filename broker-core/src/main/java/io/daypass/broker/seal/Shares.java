package io.daypass.broker.seal;

import com.codahale.shamir.Scheme;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Shamir's secret sharing over GF(2^8), with shares as Vault writes them: the 32 values {@code y}, then the one byte
 * {@code x}. Where there is but one share, it is the key itself.
 */
final class Shares {
    /** The most there can be: {@code x} is one byte, and never 0. */
    static final int MAX = 255;

    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}){32,33}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}[A-Za-z0-9+/=]");

    private final int shares;
    private final int threshold;
    private final SecureRandom entropy;
    private final Map<Integer, byte[]> given = new LinkedHashMap<>();

    /** None given yet. */
    Shares(int shares, int threshold, SecureRandom entropy) {
        this.shares = shares;
        this.threshold = threshold;
        this.entropy = entropy;
    }

    /**
     * Splits a key.
     *
     * @throws SealException if it can't be split so
     */
    static List<byte[]> split(byte[] key, int shares, int threshold, SecureRandom entropy) {
        check(shares, threshold);
        if (shares == 1) {
            return List.of(key.clone());
        }
        Map<Integer, byte[]> parts = new TreeMap<>(new Scheme(entropy, shares, threshold).split(key));
        List<byte[]> written = new ArrayList<>();
        parts.forEach((x, y) -> {
            byte[] share = Arrays.copyOf(y, y.length + 1);
            share[y.length] = x.byteValue();
            written.add(share);
        });
        return written;
    }

    private static void check(int shares, int threshold) {
        if (shares < 1 || shares > MAX) {
            throw new SealException("secret_shares must be from 1 to " + MAX);
        }
        if (threshold < 1 || threshold > shares) {
            throw new SealException("secret_threshold must be from 1 to secret_shares (" + shares + ")");
        }
        if (threshold == 1 && shares > 1) {
            throw new SealException("secret_threshold must be at least 2 where there are several shares: with 1, each"
                    + " of them would be the key itself");
        }
    }

    /** How many were given. */
    int progress() {
        return given.size();
    }

    /**
     * Takes one more share; the same one again changes nothing.
     *
     * @param text in hexadecimal digits or base64
     * @return whether there are enough now
     * @throws SealException if it is no share
     */
    boolean add(String text) {
        byte[] share = parse(text.strip());
        if (shares == 1) {
            given.put(0, share);
            return true;
        }
        int x = Byte.toUnsignedInt(share[RawKey.LENGTH]);
        if (x == 0 || x > shares) {
            throw new SealException("this is no share of this broker's key: its number is not from 1 to " + shares);
        }
        byte[] y = Arrays.copyOf(share, RawKey.LENGTH);
        byte[] before = given.putIfAbsent(x, y);
        if (before != null && !Arrays.equals(before, y)) {
            throw new SealException("another share with the number " + x
                    + " was given before, so one of the two is wrong; reset, and begin again");
        }
        return given.size() >= threshold;
    }

    /** The key that the given shares make, which may be the wrong one: they don't tell. */
    byte[] join() {
        return Optional.ofNullable(given.get(0))
                .map(byte[]::clone)
                // Putting a key together needs nothing random; the constructor wants the source all the same.
                .orElseGet(() -> new Scheme(entropy, shares, threshold).join(given));
    }

    /** Forgets what was given. */
    void reset() {
        given.values().forEach(share -> Arrays.fill(share, (byte) 0));
        given.clear();
    }

    private byte[] parse(String text) {
        int length = shares == 1 ? RawKey.LENGTH : RawKey.LENGTH + 1;
        byte[] share = new byte[0];
        if (HEX.matcher(text).matches()) {
            share = HexFormat.of().parseHex(text);
        } else if (BASE64.matcher(text).matches()) {
            share = Base64.getDecoder().decode(text);
        }
        if (share.length != length) {
            throw new SealException(
                    "this is no share: one is " + 2 * length + " hexadecimal digits, or 44 characters of base64");
        }
        return share;
    }
}
