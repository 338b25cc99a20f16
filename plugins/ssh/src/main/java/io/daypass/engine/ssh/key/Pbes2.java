package io.daypass.engine.ssh.key;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** The encryption of PKCS#8: PBES2 with PBKDF2 (RFC 8018, section 6.2), and AES or triple DES in CBC. */
final class Pbes2 {
    /** OpenSSL writes 2,048; a file can't keep the server busy for longer than a second or so. */
    private static final BigInteger MOST_ITERATIONS = BigInteger.valueOf(2_000_000);

    private record Sort(String algorithm, int keyBytes) {}

    private static final Map<ASN1ObjectIdentifier, Sort> SORTS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, new Sort("AES", 16),
            NISTObjectIdentifiers.id_aes192_CBC, new Sort("AES", 24),
            NISTObjectIdentifiers.id_aes256_CBC, new Sort("AES", 32),
            PKCSObjectIdentifiers.des_EDE3_CBC, new Sort("DESede", 24));

    private static final Map<ASN1ObjectIdentifier, String> MACS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

    private Pbes2() {}

    static byte[] open(String field, byte[] der, Secret passphrase) {
        try {
            EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(der);
            if (!info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
                throw unread(field);
            }
            PBES2Parameters parameters =
                    PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
            Sort sort = SORTS.get(parameters.getEncryptionScheme().getAlgorithm());
            boolean pbkdf2 = parameters.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2);
            if (sort == null || !pbkdf2) {
                throw unread(field);
            }
            byte[] iv = ASN1OctetString.getInstance(
                            parameters.getEncryptionScheme().getParameters())
                    .getOctets();
            PBKDF2Params derivation =
                    PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
            byte[] key = key(field, derivation, passphrase, sort.keyBytes());
            Cipher cipher = Cipher.getInstance(sort.algorithm() + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, sort.algorithm()), new IvParameterSpec(iv));
            return cipher.doFinal(info.getEncryptedData());
        } catch (Invalid e) {
            throw e;
        } catch (RuntimeException | GeneralSecurityException e) {
            throw new Invalid(field, "can't be decrypted: the passphrase is wrong, or it is cut off");
        }
    }

    private static byte[] key(String field, PBKDF2Params derivation, Secret passphrase, int size)
            throws GeneralSecurityException {
        String mac = MACS.get(derivation.getPrf().getAlgorithm());
        if (mac == null || derivation.getIterationCount().compareTo(MOST_ITERATIONS) > 0) {
            throw unread(field);
        }
        PBEKeySpec spec = new PBEKeySpec(
                passphrase.reveal().toCharArray(),
                derivation.getSalt(),
                derivation.getIterationCount().intValueExact(),
                8 * size);
        return SecretKeyFactory.getInstance(mac).generateSecret(spec).getEncoded();
    }

    private static Invalid unread(String field) {
        return new Invalid(field, "is encrypted in a way that isn't read; openssl pkcs8 -topk8 -v2 aes256 changes it");
    }
}
