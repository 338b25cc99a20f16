package io.daypass.engine.ssh.ca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.Seeded;
import io.daypass.engine.ssh.key.KeyKind;
import io.daypass.engine.ssh.key.SshKeyPair;
import io.daypass.plugin.Invalid;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaKeyTest {
    @ParameterizedTest
    @CsvSource({
        "ed25519,0,default",
        "ecdsa,256,default",
        "ecdsa,384,default",
        "ecdsa,521,default",
        "rsa,2048,rsa-sha2-256",
        "rsa,2048,rsa-sha2-512"
    })
    void sign_isVerifiedByItsKeyAlone_andTheSameEachTime(String type, int bits, String wanted) {
        SshKeyPair pair = Seeded.pair(type, bits, 1);
        CaKey key = new CaKey(pair);
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(pair.publicKey().kind(), wanted);
        byte[] message = "what is signed".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = key.sign(algorithm, message);
        assertArrayEquals(signature, key.sign(algorithm, message));
        assertTrue(Signatures.verify(key.publicKey(), message, signature));
        assertFalse(Signatures.verify(Seeded.pair(type, bits, 2).publicKey(), message, signature));
        message[3] ^= 1;
        assertFalse(Signatures.verify(key.publicKey(), message, signature));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-rsa", "rsa-sha2-384", "none"})
    void algorithm_thatIsOldOrUnknown_isRefused(String wanted) {
        Invalid error = assertThrows(Invalid.class, () -> SignatureAlgorithm.of(KeyKind.RSA, wanted));
        assertEquals("algorithm_signer", error.field());
    }

    @ParameterizedTest
    @CsvSource({"dsa,0,key_type", "ed25519,512,key_bits", "ecdsa,255,key_bits", "rsa,1024,key_bits", "rsa,8192,key_bits"
    })
    void generate_ofWhatNobodyShouldUse_isRefused(String type, int bits, String field) {
        assertEquals(
                field,
                assertThrows(Invalid.class, () -> Seeded.pair(type, bits, 1)).field());
    }
}
