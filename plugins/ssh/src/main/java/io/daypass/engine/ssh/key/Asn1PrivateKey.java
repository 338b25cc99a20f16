package io.daypass.engine.ssh.key;

import io.daypass.plugin.Invalid;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Private keys in ASN.1: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and RFC 5915. */
final class Asn1PrivateKey {
    /** RFC 8410, section 3. */
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private static final Map<ASN1ObjectIdentifier, KeyKind> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, KeyKind.ECDSA_256,
            SECObjectIdentifiers.secp384r1, KeyKind.ECDSA_384,
            SECObjectIdentifiers.secp521r1, KeyKind.ECDSA_521);

    private Asn1PrivateKey() {}

    private interface Parse {
        SshKeyPair parse() throws IOException;
    }

    static SshKeyPair pkcs8(String field, byte[] der) {
        return parsed(field, () -> info(field, PrivateKeyInfo.getInstance(der)));
    }

    static SshKeyPair rsa(String field, byte[] der) {
        return parsed(field, () -> rsa(field, RSAPrivateKey.getInstance(der)));
    }

    static SshKeyPair ec(String field, byte[] der) {
        return parsed(field, () -> {
            ECPrivateKey key = ECPrivateKey.getInstance(der);
            return ecdsa(field, key.getParametersObject(), key);
        });
    }

    private static SshKeyPair info(String field, PrivateKeyInfo info) throws IOException {
        ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
        if (algorithm.equals(ED25519)) {
            return ed25519(
                    field, ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            ECPrivateKey key = ECPrivateKey.getInstance(info.parsePrivateKey());
            return ecdsa(field, info.getPrivateKeyAlgorithm().getParameters(), key);
        }
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa(field, RSAPrivateKey.getInstance(info.parsePrivateKey()));
        }
        throw new Invalid(field, "isn't Ed25519, ECDSA or RSA inside");
    }

    /** Bouncy Castle's parser reads lazily, and says "malformed" with half a dozen sorts of unchecked exceptions. */
    private static SshKeyPair parsed(String field, Parse parse) {
        try {
            return parse.parse();
        } catch (Invalid e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw malformed(field);
        }
    }

    private static SshKeyPair ed25519(String field, byte[] seed) {
        if (seed.length != 32) {
            throw malformed(field);
        }
        return SshKeyPair.ed25519(seed);
    }

    private static SshKeyPair ecdsa(String field, @Nullable ASN1Encodable curve, ECPrivateKey key) {
        KeyKind kind = curve instanceof ASN1ObjectIdentifier name ? CURVES.get(name) : null;
        if (kind == null) {
            throw new Invalid(field, "must be over P-256, P-384 or P-521, and name its curve");
        }
        return SshKeyPair.ecdsa(field, kind, new BigInteger(1, key.getKey().toByteArray()));
    }

    private static SshKeyPair rsa(String field, RSAPrivateKey key) {
        return SshKeyPair.rsa(
                field,
                key.getModulus(),
                key.getPublicExponent(),
                key.getPrivateExponent(),
                key.getPrime1(),
                key.getPrime2());
    }

    private static Invalid malformed(String field) {
        return new Invalid(field, "is malformed or cut off inside");
    }
}
