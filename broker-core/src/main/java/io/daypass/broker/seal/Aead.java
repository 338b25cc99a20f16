package io.daypass.broker.seal;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM (NIST SP 800-38D) with nonces of 96 bits in front of the ciphertext and tags of 128 behind it. */
final class Aead {
    /** Bytes of a nonce. */
    static final int NONCE = 12;
    /** Bytes of a tag. */
    static final int TAG = 16;

    private static final String NAME = "AES/GCM/NoPadding";

    /** Asked for by name, since to look through all providers for each use costs as much as the use. */
    private static final Provider PROVIDER = provider();

    private Aead() {}

    /** Nonce, ciphertext, tag. A nonce must never come twice under one key. */
    static byte[] seal(RawKey key, byte[] nonce, byte[] plain, byte[] additional) {
        try {
            Cipher cipher = Cipher.getInstance(NAME, PROVIDER);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(additional);
            byte[] sealed = Arrays.copyOf(nonce, NONCE + plain.length + TAG);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(NAME + " is not to be had here", e);
        }
    }

    /** What was sealed; empty if it wasn't, under this key and with these additional data. */
    static Optional<byte[]> open(RawKey key, byte[] sealed, byte[] additional) {
        if (sealed.length < NONCE + TAG) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance(NAME, PROVIDER);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, sealed, 0, NONCE));
            cipher.updateAAD(additional);
            return Optional.of(cipher.doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(NAME + " is not to be had here", e);
        }
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(NAME).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(NAME + " is not to be had here", e);
        }
    }
}
