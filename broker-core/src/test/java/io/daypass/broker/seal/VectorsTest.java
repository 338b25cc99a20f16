package io.daypass.broker.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published test vectors of what we build on. */
class VectorsTest {
    /** McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 14 and 16. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000,"
                + " 00000000000000000000000000000000, '',"
                + " cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888,"
                + " d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39,"
                + " feedfacedeadbeeffeedfacedeadbeefabaddad2,"
                + " 522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
    })
    void aead_isAesGcm(String key, String nonce, String plain, String additional, String sealed) {
        RawKey raw = RawKey.of(bytes(key));
        byte[] made = Aead.seal(raw, bytes(nonce), bytes(plain), bytes(additional));
        assertEquals(nonce + sealed, HexFormat.of().formatHex(made));
        assertArrayEquals(bytes(plain), Aead.open(raw, made, bytes(additional)).orElseThrow());
    }

    /** RFC 5869, A.1, the first 32 bytes. */
    @Test
    void hkdf_isRfc5869() {
        RawKey pseudoRandom = RawKey.of(bytes("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        assertEquals(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
                HexFormat.of().formatHex(Hkdf.expand(pseudoRandom, bytes("f0f1f2f3f4f5f6f7f8f9"))));
    }

    @Test
    void open_ofWhatIsTooShort_isEmpty() {
        RawKey key = RawKey.of(new byte[32]);
        for (int length = 0; length < Aead.NONCE + Aead.TAG; length++) {
            assertTrue(Aead.open(key, new byte[length], new byte[0]).isEmpty());
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
