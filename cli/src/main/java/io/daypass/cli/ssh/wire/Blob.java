package io.daypass.cli.ssh.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put together as RFC 4251 has them. */
public final class Blob {
    private final Erasable out = new Erasable();

    /** One byte. */
    public Blob u8(int value) {
        out.write(value);
        return this;
    }

    /** Four bytes, the greatest first. */
    public Blob u32(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /** Bytes as they are. */
    public Blob raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    /** Bytes behind their length. */
    public Blob bytes(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    /** A text behind its length. */
    public Blob text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many there are. */
    public int length() {
        return out.size();
    }

    /** All of it. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** Overwrites what was put together, which may have been a private key. */
    public void erase() {
        out.erase();
    }

    private static final class Erasable extends ByteArrayOutputStream {
        void erase() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
