package io.daypass.engine.ssh.ca;

import io.daypass.engine.ssh.key.Parameters;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.wire.SshReader;
import java.math.BigInteger;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Verifies signatures as they stand in certificates and revocation lists. */
public final class Signatures {
    private static final int LONGEST = 4_096;

    private Signatures() {}

    /**
     * Whether a signature is that of a key over a message.
     *
     * @param signature on the wire: the algorithm's name, then the signature
     * @throws io.daypass.plugin.Invalid naming {@code signature}, if it is malformed
     */
    public static boolean verify(SshPublicKey key, byte[] message, byte[] signature) {
        SshReader reader = new SshReader("signature", signature);
        String name = reader.text("the algorithm's name", 64);
        byte[] bytes = reader.bytes("the signature", LONGEST);
        reader.end("the signature");
        return SignatureAlgorithm.ofWireName(name)
                .filter(algorithm -> algorithm.isOf(key.kind()))
                .map(algorithm -> switch (algorithm) {
                    case ED25519 -> ed25519(key, message, bytes);
                    case ECDSA_256 -> ecdsa(key, hash(new SHA256Digest(), message), bytes);
                    case ECDSA_384 -> ecdsa(key, hash(new SHA384Digest(), message), bytes);
                    case ECDSA_521 -> ecdsa(key, hash(new SHA512Digest(), message), bytes);
                    case RSA_SHA2_256 -> rsa(key, new SHA256Digest(), message, bytes);
                    case RSA_SHA2_512 -> rsa(key, new SHA512Digest(), message, bytes);
                })
                .orElse(false);
    }

    static byte[] hash(Digest digest, byte[] message) {
        digest.update(message, 0, message.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static boolean ed25519(SshPublicKey key, byte[] message, byte[] signature) {
        Ed25519PublicKeyParameters point = (Ed25519PublicKeyParameters) Parameters.of(key);
        return signature.length == Ed25519.SIGNATURE_SIZE
                && point.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }

    private static boolean ecdsa(SshPublicKey key, byte[] hash, byte[] signature) {
        SshReader reader = new SshReader("signature", signature);
        BigInteger r = reader.mpint("r", 528);
        BigInteger s = reader.mpint("s", 528);
        reader.end("s");
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, Parameters.of(key));
        return verifier.verifySignature(hash, r, s);
    }

    private static boolean rsa(SshPublicKey key, Digest digest, byte[] message, byte[] signature) {
        RSADigestSigner verifier = new RSADigestSigner(digest);
        verifier.init(false, Parameters.of(key));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
