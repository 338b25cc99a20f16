package io.daypass.engine.ssh.sftp;

import io.daypass.engine.ssh.wire.SshReader;
import io.daypass.engine.ssh.wire.SshWriter;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * A client of SFTP (draft-ietf-secsh-filexfer-02, which is version 3, and OpenSSH's PROTOCOL, section 4). One request is
 * under way at a time. Whatever a server answers is held against what was asked: a packet that is too long, of another
 * sort or for another request ends it.
 */
public final class Sftp {
    /** What OpenSSH's server sends and takes at most. */
    static final int LONGEST_PACKET = 256 * 1024;
    /** So much is asked for at once, and no more is written at once. */
    public static final int LONGEST_DATA = 32 * 1024;

    private static final int VERSION = 3;
    private static final int LONGEST_HANDLE = 256;
    private static final int LONGEST_TEXT = 4 * 1024;
    private static final int INIT = 1;
    private static final int OPEN = 3;
    private static final int READ = 5;
    private static final int WRITE = 6;
    private static final int LSTAT = 7;
    private static final int FSTAT = 8;
    private static final int STAT = 17;
    private static final int EXTENDED = 200;
    private static final int IS_VERSION = 2;
    private static final int IS_STATUS = 101;
    private static final int IS_HANDLE = 102;
    private static final int IS_DATA = 103;
    private static final int IS_ATTRIBUTES = 105;
    private static final int OK = 0;
    private static final int HAS_SIZE = 1;
    private static final int HAS_OWNER = 2;
    private static final int HAS_MODE = 4;
    private static final String FSYNC = "fsync@openssh.com";

    private final Replies replies;
    private final OutputStream out;
    private final Deadline deadline;
    private final Set<String> extensions = new HashSet<>();
    private long requests;

    /** How a file is opened: it must be there, and isn't cut. */
    public enum Mode {
        /** To be read. */
        READ(1),
        /** To be read, and written at any place. */
        OVERWRITE(3),
        /** To be read, and written at its end, wherever that is by then. */
        APPEND(7);

        private final int flags;

        Mode(int flags) {
            this.flags = flags;
        }
    }

    /** What a server calls a file that is open. */
    public static final class Handle {
        private final byte[] bytes;

        private Handle(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private Sftp(Replies replies, OutputStream out, Deadline deadline) {
        this.replies = replies;
        this.out = out;
        this.deadline = deadline;
    }

    /**
     * Begins.
     *
     * @param replies what the server sends
     * @param out to the server
     * @param deadline for all that is asked
     * @throws Unavailable if the server doesn't speak version 3
     */
    public static Sftp begin(Replies replies, OutputStream out, Deadline deadline)
            throws IOException, InterruptedException {
        Sftp sftp = new Sftp(replies, out, deadline);
        sftp.send(new SshWriter().u8(INIT).u32(VERSION));
        sftp.understood(sftp::takeVersion);
        return sftp;
    }

    private boolean takeVersion() throws InterruptedException {
        SshReader in = packet();
        if (in.u8("the sort") != IS_VERSION || in.u32("the version") != VERSION) {
            throw new Unavailable("the host's SFTP server doesn't speak version 3");
        }
        while (in.hasMore()) {
            extensions.add(in.text("an extension", LONGEST_TEXT));
            in.bytes("an extension's data", LONGEST_TEXT);
        }
        return true;
    }

    /** Whether the server can bring what was written to the disk. */
    public boolean canSync() {
        return extensions.contains(FSYNC);
    }

    /** What a path itself is, be it a link. */
    public Attributes lstat(String path) throws IOException, InterruptedException {
        return attributes("lstat", request(LSTAT).text(path));
    }

    /** What a path leads to. */
    public Attributes stat(String path) throws IOException, InterruptedException {
        return attributes("stat", request(STAT).text(path));
    }

    /** What is open. */
    public Attributes fstat(Handle handle) throws IOException, InterruptedException {
        return attributes("fstat", request(FSTAT).bytes(handle.bytes));
    }

    private Attributes attributes(String asked, SshWriter request) throws IOException, InterruptedException {
        return asked(asked, request, IS_ATTRIBUTES, in -> {
            long flags = in.u32("the flags");
            long size = (flags & HAS_SIZE) == 0 ? -1 : in.u64("the size");
            long owner = (flags & HAS_OWNER) == 0 ? -1 : in.u32("the owner");
            if (owner >= 0) {
                in.u32("the group");
            }
            long mode = (flags & HAS_MODE) == 0 ? -1 : in.u32("the mode");
            if (size < 0 || owner < 0 || mode < 0) {
                throw new Unavailable("the host's SFTP server doesn't tell size, owner and mode of a file");
            }
            // Times and what else may follow is not looked at.
            in.rest();
            return new Attributes(size, owner, mode);
        });
    }

    /** Opens a file that is there. */
    public Handle open(String path, Mode mode) throws IOException, InterruptedException {
        return asked(
                "open",
                request(OPEN).text(path).u32(mode.flags).u32(0),
                IS_HANDLE,
                in -> new Handle(in.bytes("the handle", LONGEST_HANDLE)));
    }

    /**
     * Reads from a place on.
     *
     * @return at least one byte and at most {@link #LONGEST_DATA}; none at the end
     */
    public byte[] read(Handle handle, long from) throws IOException, InterruptedException {
        try {
            return asked("read", request(READ).bytes(handle.bytes).u64(from).u32(LONGEST_DATA), IS_DATA, in -> {
                byte[] data = in.bytes("the data", LONGEST_DATA);
                if (data.length == 0) {
                    // Not the end, which has a status of its own; it could be asked for ever.
                    throw new Unavailable("the host's SFTP server answers a read with nothing");
                }
                return data;
            });
        } catch (SftpStatus e) {
            if (e.isEnd()) {
                return new byte[0];
            }
            throw e;
        }
    }

    /** Writes at a place, or at the end of what was opened for that: OpenSSH's server heeds no place there. */
    public void write(Handle handle, long at, byte[] data) throws IOException, InterruptedException {
        done("write", request(WRITE).bytes(handle.bytes).u64(at).bytes(data));
    }

    /** Brings what was written to the disk. */
    public void sync(Handle handle) throws IOException, InterruptedException {
        done("fsync", request(EXTENDED).text(FSYNC).bytes(handle.bytes));
    }

    private void done(String asked, SshWriter request) throws IOException, InterruptedException {
        // Behind the number comes a text.
        asked(asked, request, IS_STATUS, SshReader::rest);
    }

    private SshWriter request(int sort) {
        return new SshWriter().u8(sort).u32(++requests);
    }

    /** What is read of an answer. */
    private interface Reading<T> {
        T from(SshReader in);
    }

    private <T> T asked(String asked, SshWriter request, int sort, Reading<T> reading)
            throws IOException, InterruptedException {
        send(request);
        return understood(() -> {
            SshReader in = packet();
            int answered = in.u8("the sort");
            if (in.u32("the request") != requests) {
                throw new Unavailable("the host's SFTP server answers what wasn't asked");
            }
            if (answered == IS_STATUS) {
                long code = in.u32("the status");
                if (code != OK || sort != IS_STATUS) {
                    throw new SftpStatus(asked, code);
                }
            } else if (answered != sort) {
                throw new Unavailable("the host's SFTP server answers " + asked + " with packet " + answered);
            }
            T read = reading.from(in);
            in.end("the answer");
            return read;
        });
    }

    private void send(SshWriter request) throws IOException {
        deadline.left();
        byte[] bytes = request.toBytes();
        out.write(ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array());
        out.flush();
    }

    private SshReader packet() throws InterruptedException {
        int length = ByteBuffer.wrap(replies.take(4, deadline)).getInt();
        if (length < 1 || length > LONGEST_PACKET) {
            throw new Unavailable("the host's SFTP server sends a packet of a length that none has");
        }
        return new SshReader("sftp", replies.take(length, deadline));
    }

    private interface Exchange<T> {
        T run() throws IOException, InterruptedException;
    }

    /** A packet that can't be read is the host's fault, not the caller's. */
    private <T> T understood(Exchange<T> exchange) throws IOException, InterruptedException {
        try {
            return exchange.run();
        } catch (Invalid e) {
            throw new Unavailable("the host's SFTP server sends what can't be read: " + e.getMessage(), e);
        }
    }
}
