package io.daypass.engine.ssh.krl;

import io.daypass.engine.ssh.ca.CaKey;
import io.daypass.engine.ssh.ca.SignatureAlgorithm;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.wire.SshWriter;
import java.time.Instant;
import java.util.PrimitiveIterator;

/**
 * Writes a key revocation list: for each CA key, the serials of certificates that sshd must refuse. sshd reads the file at
 * each login, so its size matters more than the time to write it.
 */
public final class KrlWriter {
    private static final long MAGIC = 0x5353484b524c0a00L;
    private static final int FORMAT = 1;
    private static final int CERTIFICATES = 1;
    private static final int SIGNATURE = 4;

    private final SshWriter out = new SshWriter();

    /**
     * @param version counts up, so that a reader can tell which of two lists is newer
     * @param generated when the newest entry was revoked, or the list was made
     * @param comment printable; empty if there is none
     */
    public KrlWriter(long version, Instant generated, String comment) {
        out.u64(MAGIC)
                .u32(FORMAT)
                .u64(version)
                .u64(generated.getEpochSecond())
                .u64(0)
                .text("")
                .text(comment);
    }

    /**
     * Adds what was revoked of one CA key. A key with nothing revoked adds nothing.
     *
     * @param serials above 0, each greater than the one before; read once, one at a time
     */
    public KrlWriter revoke(SshPublicKey ca, PrimitiveIterator.OfLong serials) {
        if (serials.hasNext()) {
            SshWriter section = new SshWriter().bytes(ca.blob()).text("");
            new SerialSections(section).write(serials);
            out.u8(CERTIFICATES).nested(section);
        }
        return this;
    }

    /** The list as a file that {@code RevokedKeys} names. */
    public byte[] toBytes() {
        return out.toBytes();
    }

    /**
     * The list with a signature after it, over all that stands before the signature.
     *
     * @param signer whose public key stands in the list
     */
    public byte[] signed(CaKey signer, SignatureAlgorithm algorithm) {
        SshWriter signed = new SshWriter()
                .raw(toBytes())
                .u8(SIGNATURE)
                .bytes(signer.publicKey().blob());
        return signed.bytes(signer.sign(algorithm, signed.toBytes())).toBytes();
    }
}
