package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.wire.BlobReader;
import java.nio.file.Path;

/** The outside of a revocation list, by OpenSSH's PROTOCOL.krl: enough to tell one that is whole from anything else. */
final class RevocationList {
    private static final long MAGIC = 0x5353484b524c0a00L;
    private static final int FORMAT = 1;
    private static final int SIGNATURE = 4;

    private RevocationList() {}

    /**
     * Looks through it.
     *
     * @return its version, which counts up
     * @throws Failure if sshd couldn't read it, and would refuse every key
     */
    static long version(byte[] list) {
        try {
            BlobReader in = new BlobReader(list);
            if (in.u64() != MAGIC || in.u32() != FORMAT) {
                throw new IllegalArgumentException("it is something else");
            }
            long version = in.u64();
            in.u64();
            in.u64();
            in.bytes();
            in.bytes();
            while (in.hasMore()) {
                if (in.u8() == SIGNATURE) {
                    in.bytes();
                }
                in.bytes();
            }
            return version;
        } catch (IllegalArgumentException broken) {
            throw Failure.because(
                    broken,
                    Exit.REMOTE,
                    "what was answered is no revocation list: " + broken.getMessage(),
                    "see whether the path is that of an SSH engine: ssh/krl");
        }
    }

    /**
     * Whether a list may take the place of another: only one that isn't older, or what was revoked since would be good again.
     *
     * @param list that was fetched
     * @param before what is there; whatever is no list is older than any
     * @param file where that is
     * @throws Failure if it may not
     */
    static void checkNewer(byte[] list, byte[] before, Path file) {
        if (Long.compareUnsigned(version(list), versionOrNone(before)) < 0) {
            throw Failure.of(
                    Exit.REMOTE,
                    "the broker's list is older than " + file + ": what was revoked since would be good again",
                    "daypass ssh krl-sync --older " + file + "   # if the broker was set back, and that is meant");
        }
    }

    private static long versionOrNone(byte[] list) {
        try {
            return version(list);
        } catch (Failure broken) {
            return 0;
        }
    }
}
