package io.daypass.engine.ssh.ca;

import io.daypass.engine.ssh.key.SshKeyPair;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.wire.SshWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A key that signs certificates. Every signature is a function of key and message: Ed25519 (RFC 8032) and RSA (PKCS#1
 * v1.5) are by nature, ECDSA by RFC 6979, so that no signature ever depends on a random number being good.
 *
 * <p>Bouncy Castle's low-level API signs with Ed25519 18 times faster than the JDK (measured on 17 and 25).
 */
public final class CaKey {
    private final SshKeyPair pair;

    /** @param pair Ed25519, ECDSA or RSA */
    public CaKey(SshKeyPair pair) {
        this.pair = pair;
    }

    /**
     * The key, once it has signed something that its public half verifies.
     *
     * @throws IllegalStateException if it doesn't
     */
    public CaKey proven() {
        byte[] message = "daypass".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = sign(SignatureAlgorithm.of(publicKey().kind(), ""), message);
        if (!Signatures.verify(publicKey(), message, signature)) {
            throw new IllegalStateException("the CA's key makes signatures that don't verify");
        }
        return this;
    }

    /** What hosts and clients trust. */
    public SshPublicKey publicKey() {
        return pair.publicKey();
    }

    /**
     * Signs.
     *
     * @param algorithm one that this key makes
     * @return the signature on the wire: the algorithm's name, then the signature
     */
    public byte[] sign(SignatureAlgorithm algorithm, byte[] message) {
        if (!algorithm.isOf(publicKey().kind())) {
            throw new IllegalArgumentException(publicKey().kind() + " doesn't sign with " + algorithm);
        }
        byte[] signature = switch (algorithm) {
            case ED25519 -> ed25519(message);
            case ECDSA_256 -> ecdsa(new SHA256Digest(), message);
            case ECDSA_384 -> ecdsa(new SHA384Digest(), message);
            case ECDSA_521 -> ecdsa(new SHA512Digest(), message);
            case RSA_SHA2_256 -> rsa(new SHA256Digest(), message);
            case RSA_SHA2_512 -> rsa(new SHA512Digest(), message);
        };
        return new SshWriter().text(algorithm.wireName()).bytes(signature).toBytes();
    }

    private byte[] ed25519(byte[] message) {
        Ed25519PrivateKeyParameters key = (Ed25519PrivateKeyParameters) pair.reveal();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    private byte[] ecdsa(Digest digest, byte[] message) {
        byte[] hash = Signatures.hash(digest, message);
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(digest));
        signer.init(true, pair.reveal());
        BigInteger[] numbers = signer.generateSignature(hash);
        return new SshWriter().mpint(numbers[0]).mpint(numbers[1]).toBytes();
    }

    private byte[] rsa(Digest digest, byte[] message) {
        AsymmetricKeyParameter key = pair.reveal();
        RSADigestSigner signer = new RSADigestSigner(digest);
        signer.init(true, key);
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("the RSA key can't sign", e);
        }
    }

    @Override
    public String toString() {
        return pair.toString();
    }
}
