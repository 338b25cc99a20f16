package io.daypass.cli.ssh.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link Blob} puts together. What is cut off is an {@link IllegalArgumentException}. */
public final class BlobReader {
    private final ByteBuffer in;

    /** @param bytes what is read, from its start */
    public BlobReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /** One byte. */
    public int u8() {
        need(Byte.BYTES);
        return in.get() & 0xff;
    }

    /** Four bytes. */
    public int u32() {
        need(Integer.BYTES);
        return in.getInt();
    }

    /** Eight bytes. */
    public long u64() {
        need(Long.BYTES);
        return in.getLong();
    }

    /** Bytes behind their length. */
    public byte[] bytes() {
        int length = u32();
        if (length < 0) {
            throw new IllegalArgumentException("a length beyond 2 GiB");
        }
        need(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** A text behind its length. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Whether there is more. */
    public boolean hasMore() {
        return in.hasRemaining();
    }

    private void need(int count) {
        if (in.remaining() < count) {
            throw new IllegalArgumentException("it is cut off", new BufferUnderflowException());
        }
    }
}
