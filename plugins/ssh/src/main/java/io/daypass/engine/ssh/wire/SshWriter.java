package io.daypass.engine.ssh.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes SSH's wire format: big-endian numbers, and strings with their length before them (RFC 4251, section 5). */
public final class SshWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /** One byte. */
    public SshWriter u8(int value) {
        out.write(value);
        return this;
    }

    /** A number of four bytes, of which the lower 32 bits are written. */
    public SshWriter u32(long value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    /** A number of eight bytes, without sign. */
    public SshWriter u64(long value) {
        u32(value >>> 32);
        return u32(value);
    }

    /** A string: its length in four bytes, then its bytes. */
    public SshWriter bytes(byte[] value) {
        u32(value.length);
        return raw(value);
    }

    /** A text as a string of UTF-8. */
    public SshWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** What another writer holds, as a string. */
    public SshWriter nested(SshWriter value) {
        return bytes(value.toBytes());
    }

    /** A number of any length in two's complement, as short as it can be; zero is the empty string. */
    public SshWriter mpint(BigInteger value) {
        return bytes(value.signum() == 0 ? new byte[0] : value.toByteArray());
    }

    /** Bytes as they are. */
    public SshWriter raw(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /** How many bytes have been written. */
    public int size() {
        return out.size();
    }

    /** Forgets what has been written. */
    public void clear() {
        out.reset();
    }

    /** What has been written. */
    public byte[] toBytes() {
        return out.toByteArray();
    }
}
