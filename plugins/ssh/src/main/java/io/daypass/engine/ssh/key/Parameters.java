package io.daypass.engine.ssh.key;

import io.daypass.engine.ssh.wire.SshReader;
import java.math.BigInteger;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/** Public keys as Bouncy Castle's verifiers take them. */
public final class Parameters {
    private Parameters() {}

    /** The numbers of a checked key that isn't held in an authenticator. */
    public static AsymmetricKeyParameter of(SshPublicKey key) {
        SshReader reader = key.numbers();
        return switch (key.kind()) {
            case ED25519 -> new Ed25519PublicKeyParameters(reader.exactly("the Ed25519 key", 32), 0);
            case ECDSA_256, ECDSA_384, ECDSA_521 -> {
                reader.text("the curve's name", 64);
                yield new ECPublicKeyParameters(
                        Curves.point(key.kind(), reader.bytes("the point", 256)), Curves.of(key.kind()));
            }
            case RSA -> {
                BigInteger exponent = reader.mpint("the RSA exponent", 64);
                yield new RSAKeyParameters(
                        false, reader.mpint("the RSA modulus", PublicKeyReader.LONGEST_RSA), exponent, true);
            }
            case SK_ED25519, SK_ECDSA ->
                throw new IllegalArgumentException("a key in an authenticator signs nothing here");
        };
    }
}
