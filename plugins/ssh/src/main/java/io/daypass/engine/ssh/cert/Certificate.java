package io.daypass.engine.ssh.cert;

import io.daypass.engine.ssh.ca.Signatures;
import io.daypass.engine.ssh.key.SshPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** A certificate as it was read from its bytes. */
public final class Certificate {
    private final SshPublicKey key;
    private final CertificateContents contents;
    private final byte[] nonce;
    private final SshPublicKey caKey;
    private final byte[] signature;
    private final byte[] blob;
    private final int signedBytes;

    Certificate(
            SshPublicKey key,
            CertificateContents contents,
            byte[] nonce,
            SshPublicKey caKey,
            byte[] signature,
            byte[] blob,
            int signedBytes) {
        this.key = key;
        this.contents = contents;
        this.nonce = nonce;
        this.caKey = caKey;
        this.signature = signature;
        this.blob = blob;
        this.signedBytes = signedBytes;
    }

    /** Whose key it is for. */
    public SshPublicKey key() {
        return key;
    }

    /** What it says. */
    public CertificateContents contents() {
        return contents;
    }

    /** Random bytes in front of it, against collisions. */
    public byte[] nonce() {
        return nonce.clone();
    }

    /** Who it says it was signed by. */
    public SshPublicKey caKey() {
        return caKey;
    }

    /** Whether that key did sign it. */
    public boolean isSigned() {
        return Signatures.verify(caKey, Arrays.copyOf(blob, signedBytes), signature);
    }

    /** As in a {@code -cert.pub} file, without comment and without newline. */
    public String line() {
        return key.kind().certificateName() + " " + Base64.getEncoder().encodeToString(blob);
    }
}
