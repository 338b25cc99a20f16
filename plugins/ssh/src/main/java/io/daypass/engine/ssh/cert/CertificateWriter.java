package io.daypass.engine.ssh.cert;

import io.daypass.engine.ssh.ca.CaKey;
import io.daypass.engine.ssh.ca.SignatureAlgorithm;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.wire.SshWriter;
import java.util.SortedMap;

/** Writes certificates, byte by byte as {@code ssh-keygen -s} does. */
public final class CertificateWriter {
    /** How long a nonce is that {@code ssh-keygen} draws. */
    public static final int NONCE_BYTES = 32;

    private CertificateWriter() {}

    /**
     * Writes and signs a certificate.
     *
     * @param nonce {@link #NONCE_BYTES} random bytes, so that nobody can choose what is signed
     * @return the certificate on the wire
     */
    public static byte[] sign(
            SshPublicKey key, CertificateContents contents, byte[] nonce, CaKey ca, SignatureAlgorithm algorithm) {
        SshWriter principals = new SshWriter();
        contents.principals().forEach(principals::text);
        SshWriter out = new SshWriter()
                .text(key.kind().certificateName())
                .bytes(nonce)
                .raw(key.body())
                .u64(contents.serial())
                .u32(contents.type().number())
                .text(contents.keyId())
                .nested(principals)
                .u64(contents.validAfter().getEpochSecond())
                .u64(contents.validBefore().getEpochSecond())
                .nested(options(contents.criticalOptions()))
                .nested(options(contents.extensions()))
                .text("")
                .bytes(ca.publicKey().blob());
        return out.bytes(ca.sign(algorithm, out.toBytes())).toBytes();
    }

    /** A flag has no data at all; a value is a string within the data. */
    private static SshWriter options(SortedMap<String, String> options) {
        SshWriter out = new SshWriter();
        options.forEach((name, value) -> {
            out.text(name);
            out.nested(value.isEmpty() ? new SshWriter() : new SshWriter().text(value));
        });
        return out;
    }
}
