package io.daypass.engine.ssh.wire;

import io.daypass.plugin.Invalid;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads SSH's wire format with strict bounds: every length is held against what is left before anything is copied, and
 * against what the caller allows. Numbers must be written as short as they can be, so that what is read has one spelling.
 *
 * <p>Every method takes what is being read, for the message, and throws {@link Invalid} naming the field.
 */
public final class SshReader {
    private final String field;
    private final ByteBuffer in;

    /**
     * @param field what the bytes came in, named in every error
     * @param bytes not changed
     */
    public SshReader(String field, byte[] bytes) {
        this(field, ByteBuffer.wrap(bytes));
    }

    private SshReader(String field, ByteBuffer in) {
        this.field = field;
        this.in = in;
    }

    /** One byte, without sign. */
    public int u8(String what) {
        need(1, what);
        return in.get() & 0xff;
    }

    /** A number of four bytes, without sign. */
    public long u32(String what) {
        need(4, what);
        return in.getInt() & 0xffff_ffffL;
    }

    /** A number of eight bytes; as a Java long, negative from 2^63 on. */
    public long u64(String what) {
        need(8, what);
        return in.getLong();
    }

    /**
     * A string of bytes.
     *
     * @param most in bytes
     */
    public byte[] bytes(String what, int most) {
        byte[] bytes = new byte[length(what, most)];
        in.get(bytes);
        return bytes;
    }

    /** A string of exactly so many bytes. */
    public byte[] exactly(String what, int size) {
        byte[] bytes = bytes(what, size);
        if (bytes.length != size) {
            throw invalid(what + " is of " + bytes.length + " bytes, not " + size);
        }
        return bytes;
    }

    /**
     * A string that holds valid UTF-8.
     *
     * @param most in bytes
     */
    public String text(String what, int most) {
        byte[] bytes = bytes(what, most);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(what + " is no UTF-8");
        }
    }

    /**
     * A number that isn't negative.
     *
     * @param mostBits the longest
     */
    public BigInteger mpint(String what, int mostBits) {
        byte[] bytes = bytes(what, mostBits / 8 + 1);
        if (bytes.length == 0) {
            return BigInteger.ZERO;
        }
        BigInteger number = new BigInteger(bytes);
        if (number.signum() < 0) {
            throw invalid(what + " is negative");
        }
        if (number.signum() == 0 || !Arrays.equals(number.toByteArray(), bytes)) {
            throw invalid(what + " isn't written as short as it can be");
        }
        if (number.bitLength() > mostBits) {
            throw invalid(what + " is longer than " + mostBits + " bits");
        }
        return number;
    }

    /**
     * A string that holds more of the same format.
     *
     * @param most in bytes
     */
    public SshReader nested(String what, int most) {
        int length = length(what, most);
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return new SshReader(field, part);
    }

    /** All that has not been read yet; reads it. */
    public byte[] rest() {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    /** Passes over these bytes, if they come next. */
    public boolean passes(byte[] bytes) {
        boolean next = in.remaining() >= bytes.length
                && in.slice(in.position(), bytes.length).equals(ByteBuffer.wrap(bytes));
        if (next) {
            in.position(in.position() + bytes.length);
        }
        return next;
    }

    /** Whether there is more. */
    public boolean hasMore() {
        return in.hasRemaining();
    }

    /** How many bytes have been read. */
    public int position() {
        return in.position();
    }

    /** Makes sure that there is nothing more. */
    public void end(String what) {
        if (in.hasRemaining()) {
            throw invalid(in.remaining() + " bytes are left after " + what);
        }
    }

    private int length(String what, int most) {
        long length = u32("the length of " + what);
        if (length > most) {
            throw invalid(what + " is of " + length + " bytes, more than " + most);
        }
        need(length, what);
        return (int) length;
    }

    private void need(long bytes, String what) {
        if (in.remaining() < bytes) {
            throw invalid("it ends within " + what);
        }
    }

    private Invalid invalid(String problem) {
        return new Invalid(field, problem);
    }
}
