package io.daypass.broker.identity;

import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * The texts that stand for a row. Each carries the row's number, so that no index on random keys is needed, and a MAC
 * or random bits that can't be guessed. None of them yields another: a lease id is no token. A row has one text of each
 * kind: another spelling of the same bytes is refused, since the audit log knows texts by their MAC alone.
 */
public final class Ids {
    private static final String TOKEN_MARK = "d.";
    private static final int MAC_BYTES = 12;
    private static final int SECRET_BYTES = 20;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final Barrier barrier;

    /** @param barrier whose keys the MACs are made with */
    public Ids(Barrier barrier) {
        this.barrier = barrier;
    }

    /** The id of a lease: its issue path, and its number with a MAC of 96 bits over both. */
    public String leaseId(String path, long n) {
        return path + "/" + withMac("lease-id", path, n);
    }

    /**
     * The number of the lease of that id.
     *
     * @return empty if the id is none that was given out here
     */
    public OptionalLong leaseNumber(String leaseId) {
        int slash = leaseId.lastIndexOf('/');
        return slash < 0
                ? OptionalLong.empty()
                : checked("lease-id", leaseId.substring(0, slash), leaseId.substring(slash + 1));
    }

    /** The accessor of a token: it may be looked up and revoked by it, but not used. */
    public String accessor(long n) {
        return withMac("accessor", "", n);
    }

    /** The number of the token of that accessor; empty if it is none that was given out here. */
    public OptionalLong accessorNumber(String accessor) {
        return checked("accessor", "", accessor);
    }

    /**
     * A token.
     *
     * @param random 20 bytes
     */
    public static String token(long n, byte[] random) {
        if (random.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a token takes " + SECRET_BYTES + " random bytes, not " + random.length);
        }
        return TOKEN_MARK
                + ENCODER.encodeToString(ByteBuffer.allocate(Long.BYTES + SECRET_BYTES)
                        .putLong(n)
                        .put(random)
                        .array());
    }

    /** The number that a token carries; empty if it is a custom id, or no token at all. */
    public static OptionalLong tokenNumber(String token) {
        if (!token.startsWith(TOKEN_MARK)) {
            return OptionalLong.empty();
        }
        byte[] decoded = decode(token.substring(TOKEN_MARK.length()));
        return decoded.length == Long.BYTES + SECRET_BYTES
                ? OptionalLong.of(ByteBuffer.wrap(decoded).getLong())
                : OptionalLong.empty();
    }

    /** What a token's row is recognised by: HMAC-SHA-256 of it under a barrier key. */
    public Bytes tokenTag(String token) {
        return Bytes.of(barrier.mac("token", token.getBytes(StandardCharsets.UTF_8)));
    }

    private String withMac(String purpose, String place, long n) {
        return ENCODER.encodeToString(ByteBuffer.allocate(Long.BYTES + MAC_BYTES)
                .putLong(n)
                .put(mac(purpose, place, n))
                .array());
    }

    private OptionalLong checked(String purpose, String place, String text) {
        byte[] decoded = decode(text);
        if (decoded.length != Long.BYTES + MAC_BYTES
                || !ENCODER.encodeToString(decoded).equals(text)) {
            return OptionalLong.empty();
        }
        long n = ByteBuffer.wrap(decoded).getLong();
        byte[] mac = Arrays.copyOfRange(decoded, Long.BYTES, decoded.length);
        return MessageDigest.isEqual(mac, mac(purpose, place, n)) ? OptionalLong.of(n) : OptionalLong.empty();
    }

    private byte[] mac(String purpose, String place, long n) {
        byte[] path = place.getBytes(StandardCharsets.UTF_8);
        byte[] data = ByteBuffer.allocate(Long.BYTES + path.length)
                .putLong(n)
                .put(path)
                .array();
        return Arrays.copyOf(barrier.mac(purpose, data), MAC_BYTES);
    }

    private static byte[] decode(String text) {
        try {
            return DECODER.decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
