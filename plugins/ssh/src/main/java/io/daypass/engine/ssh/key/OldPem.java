package io.daypass.engine.ssh.key;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encryption of PEM before PKCS#8: a header {@code DEK-Info: AES-128-CBC,iv}, and a key made by OpenSSL's
 * {@code EVP_BytesToKey} of one round of MD5. Weak, and still what old keys are kept in.
 */
final class OldPem {
    private record Sort(String algorithm, int keyBytes, int block) {}

    private static final Map<String, Sort> SORTS = Map.of(
            "AES-128-CBC", new Sort("AES", 16, 16),
            "AES-192-CBC", new Sort("AES", 24, 16),
            "AES-256-CBC", new Sort("AES", 32, 16),
            "DES-EDE3-CBC", new Sort("DESede", 24, 8));

    private static final int SALT = 8;

    private OldPem() {}

    static byte[] open(String field, byte[] sealed, String dekInfo, Secret passphrase) {
        int comma = dekInfo.indexOf(',');
        Sort sort = comma < 0 ? null : SORTS.get(dekInfo.substring(0, comma).strip());
        if (sort == null) {
            throw new Invalid(field, "is encrypted in a way that isn't read; ssh-keygen -p changes it");
        }
        byte[] iv = iv(field, dekInfo.substring(comma + 1).strip(), sort.block());
        try {
            byte[] key = key(passphrase.reveal().getBytes(StandardCharsets.UTF_8), iv, sort.keyBytes());
            Cipher cipher = Cipher.getInstance(sort.algorithm() + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, sort.algorithm()), new IvParameterSpec(iv));
            return cipher.doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new Invalid(field, "can't be decrypted: the passphrase is wrong, or it is cut off");
        }
    }

    private static byte[] iv(String field, String hex, int block) {
        if (!hex.matches("[0-9a-fA-F]{" + 2 * block + "}")) {
            throw new Invalid(field, "its DEK-Info header has no initialisation vector of " + block + " bytes");
        }
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] key(byte[] passphrase, byte[] iv, int size) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        byte[] last = new byte[0];
        while (key.size() < size) {
            md5.update(last);
            md5.update(passphrase);
            md5.update(iv, 0, SALT);
            last = md5.digest();
            key.writeBytes(last);
        }
        return Arrays.copyOf(key.toByteArray(), size);
    }
}
