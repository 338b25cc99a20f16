package io.daypass.engine.ssh.key;

import com.jcraft.jsch.jbcrypt.BCrypt;
import io.daypass.engine.ssh.wire.SshReader;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How the private half in OpenSSH's format is encrypted: bcrypt makes a key of the passphrase, AES does the rest. */
final class OpenSshCipher {
    /** {@code ssh-keygen -a} gives 16 by default; each costs some 20 ms, so that a file can't keep the server busy for long. */
    private static final int MOST_ROUNDS = 512;

    private static final int AES_BLOCK = 16;
    private static final int GCM_NONCE = 12;
    private static final int GCM_TAG = 16;

    private record Aes(int keyBytes, String transformation) {
        boolean isGcm() {
            return transformation.contains("GCM");
        }
    }

    private static final Map<String, Aes> CIPHERS = Map.of(
            "aes128-ctr", new Aes(16, "AES/CTR/NoPadding"),
            "aes192-ctr", new Aes(24, "AES/CTR/NoPadding"),
            "aes256-ctr", new Aes(32, "AES/CTR/NoPadding"),
            "aes128-cbc", new Aes(16, "AES/CBC/NoPadding"),
            "aes192-cbc", new Aes(24, "AES/CBC/NoPadding"),
            "aes256-cbc", new Aes(32, "AES/CBC/NoPadding"),
            "aes128-gcm@openssh.com", new Aes(16, "AES/GCM/NoPadding"),
            "aes256-gcm@openssh.com", new Aes(32, "AES/GCM/NoPadding"));

    private final String field;
    private final String cipher;
    private final String kdf;

    OpenSshCipher(String field, String cipher, String kdf) {
        this.field = field;
        this.cipher = cipher;
        this.kdf = kdf;
    }

    /**
     * @param sealed the private half as it stands in the file
     * @param tag what follows it: the tag of GCM, else nothing
     * @return it, readable; nonsense if the passphrase is wrong
     */
    byte[] open(byte[] sealed, byte[] tag, SshReader kdfOptions, Secret passphrase) {
        if (cipher.equals("none") && kdf.equals("none")) {
            return sealed;
        }
        Aes aes = CIPHERS.get(cipher);
        if (aes == null || !kdf.equals("bcrypt")) {
            throw new Invalid(field, "is encrypted in a way that isn't read; ssh-keygen -p -Z aes256-ctr changes it");
        }
        if (passphrase.isEmpty()) {
            throw new Invalid("passphrase", "is required: the private key is encrypted");
        }
        byte[] salt = kdfOptions.bytes("the salt", 64);
        long rounds = kdfOptions.u32("the rounds");
        if (rounds < 1 || rounds > MOST_ROUNDS || salt.length == 0) {
            throw new Invalid(field, "must have 1 to " + MOST_ROUNDS + " rounds of bcrypt, and a salt");
        }
        int iv = aes.isGcm() ? GCM_NONCE : AES_BLOCK;
        byte[] derived = new byte[aes.keyBytes() + iv];
        new BCrypt().pbkdf(passphrase.reveal().getBytes(StandardCharsets.UTF_8), salt, (int) rounds, derived);
        return decrypt(aes, derived, sealed, tag);
    }

    private byte[] decrypt(Aes aes, byte[] derived, byte[] sealed, byte[] tag) {
        if (tag.length != (aes.isGcm() ? GCM_TAG : 0) || sealed.length % AES_BLOCK != 0) {
            throw new Invalid(field, "its private half is cut off");
        }
        SecretKeySpec key = new SecretKeySpec(derived, 0, aes.keyBytes(), "AES");
        byte[] iv = Arrays.copyOfRange(derived, aes.keyBytes(), derived.length);
        AlgorithmParameterSpec spec = aes.isGcm() ? new GCMParameterSpec(8 * GCM_TAG, iv) : new IvParameterSpec(iv);
        try {
            Cipher opener = Cipher.getInstance(aes.transformation());
            opener.init(Cipher.DECRYPT_MODE, key, spec);
            byte[] first = opener.update(sealed);
            byte[] last = opener.doFinal(tag);
            return aes.isGcm() ? last : join(first, last);
        } catch (GeneralSecurityException e) {
            throw new Invalid(field, "can't be decrypted: the passphrase is wrong");
        }
    }

    private static byte[] join(byte[] first, byte[] last) {
        byte[] all = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, all, first.length, last.length);
        return all;
    }
}
