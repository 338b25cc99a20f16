package io.daypass.engine.ssh.key;

import io.daypass.engine.ssh.wire.SshWriter;
import io.daypass.plugin.Invalid;
import java.math.BigInteger;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A private key with the public one that was worked out from it. Prints as the public one. */
public final class SshKeyPair {
    private final AsymmetricKeyParameter privateHalf;
    private final SshPublicKey publicHalf;

    private SshKeyPair(AsymmetricKeyParameter privateHalf, SshPublicKey publicHalf) {
        this.privateHalf = privateHalf;
        this.publicHalf = publicHalf;
    }

    /** Ed25519 from its seed of 32 bytes. */
    public static SshKeyPair ed25519(byte[] seed) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(seed, 0);
        byte[] blob = new SshWriter()
                .text(KeyKind.ED25519.wireName())
                .bytes(key.generatePublicKey().getEncoded())
                .toBytes();
        return new SshKeyPair(key, new SshPublicKey(KeyKind.ED25519, 256, blob));
    }

    /**
     * ECDSA from its number.
     *
     * @param field named in the error
     * @param d between 1 and the order of the curve
     */
    public static SshKeyPair ecdsa(String field, KeyKind kind, BigInteger d) {
        var domain = Curves.of(kind);
        if (d.signum() <= 0 || d.compareTo(domain.getN()) >= 0) {
            throw new Invalid(field, "the number of the ECDSA key is out of range");
        }
        byte[] point = new FixedPointCombMultiplier().multiply(domain.getG(), d).getEncoded(false);
        byte[] blob = new SshWriter()
                .text(kind.wireName())
                .text(kind.curve())
                .bytes(point)
                .toBytes();
        SshPublicKey key = new PublicKeyReader(field).readBlob(blob);
        return new SshKeyPair(new ECPrivateKeyParameters(d, domain), key);
    }

    /**
     * RSA from its numbers, which are held against each other: a pair that doesn't fit gives wrong signatures, and
     * wrong signatures give away the primes.
     *
     * @param field named in the error
     */
    public static SshKeyPair rsa(String field, BigInteger n, BigInteger e, BigInteger d, BigInteger p, BigInteger q) {
        byte[] blob =
                new SshWriter().text(KeyKind.RSA.wireName()).mpint(e).mpint(n).toBytes();
        SshPublicKey key = new PublicKeyReader(field).readBlob(blob);
        boolean factors = p.compareTo(BigInteger.ONE) > 0
                && q.compareTo(BigInteger.ONE) > 0
                && !p.equals(q)
                && p.multiply(q).equals(n)
                && p.isProbablePrime(64)
                && q.isProbablePrime(64);
        if (!factors) {
            throw new Invalid(field, "the RSA modulus isn't the product of its two primes");
        }
        BigInteger pLess = p.subtract(BigInteger.ONE);
        BigInteger qLess = q.subtract(BigInteger.ONE);
        boolean inverse = e.multiply(d).mod(pLess).equals(BigInteger.ONE)
                && e.multiply(d).mod(qLess).equals(BigInteger.ONE);
        if (!inverse) {
            throw new Invalid(field, "the RSA exponents don't belong together");
        }
        return new SshKeyPair(
                new RSAPrivateCrtKeyParameters(n, e, d, p, q, d.mod(pLess), d.mod(qLess), q.modInverse(p)), key);
    }

    /** The private half, for Bouncy Castle's signers. Whoever calls it answers for where it goes. */
    public AsymmetricKeyParameter reveal() {
        return privateHalf;
    }

    /** The public half. */
    public SshPublicKey publicKey() {
        return publicHalf;
    }

    @Override
    public String toString() {
        return publicHalf.toString();
    }
}
