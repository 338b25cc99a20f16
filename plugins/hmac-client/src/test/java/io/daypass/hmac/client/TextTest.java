package io.daypass.hmac.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Held against the JDK's own encoder. */
class TextTest {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    /** Around the text, so that what is read or written beside it is seen. */
    private static final int MARGIN = 3;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] within(byte[] text) {
        byte[] all = new byte[text.length + 2 * MARGIN];
        Arrays.fill(all, (byte) '.');
        System.arraycopy(text, 0, all, MARGIN, text.length);
        return all;
    }

    private static boolean decodes(byte[] all, byte[] into) {
        return Text.decode(all, MARGIN, all.length - 2 * MARGIN, into);
    }

    private static boolean isOf(byte[] all, byte[] bytes) {
        return Text.isOf(all, MARGIN, Arrays.copyOf(bytes, bytes.length + 1), bytes.length);
    }

    @Test
    void bytes_becomeWhatTheJdkMakesOfThem_andComeBack() {
        for (int length = 0; length < 130; length++) {
            byte[] bytes = random(length);
            byte[] expected = ENCODER.encode(bytes);
            byte[] text = new byte[Text.encodedLength(length)];
            assertEquals(text.length, Text.encode(bytes, length, text, 0));
            assertArrayEquals(expected, text);
            byte[] back = new byte[length];
            assertTrue(decodes(within(text), back));
            assertArrayEquals(bytes, back);
            assertTrue(isOf(within(text), bytes));
        }
    }

    @Test
    void anyOtherCharacter_isAnotherText() {
        for (int length = 1; length < 20; length++) {
            byte[] bytes = random(length);
            byte[] text = ENCODER.encode(bytes);
            for (int at = 0; at < text.length; at++) {
                for (int character = 0; character < 256; character++) {
                    byte[] other = text.clone();
                    other[at] = (byte) character;
                    assertEquals(character == (text[at] & 0xff), isOf(within(other), bytes));
                    byte[] into = new byte[length];
                    if (decodes(within(other), into)) {
                        assertArrayEquals(ENCODER.encode(into), other, "there is one way to write them");
                    }
                }
            }
        }
    }

    @Test
    void whatIsNotBase64Url_isNotDecoded() {
        for (String text :
                new String[] {"YQ==", "YR", "YWL", "Y", "YWJ+", "YWJ/", "YWJj\n", "YWI ", "YW.j", "YWJjéA"}) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            int length = Math.max(0, Text.decodedLength(bytes.length));
            assertFalse(decodes(within(bytes), new byte[length]), text);
        }
    }

    @Test
    void anArrayOfAnotherLength_isNotFilled() {
        byte[] all = within(ENCODER.encode(random(9)));
        for (int length = 0; length < 20; length++) {
            byte[] into = new byte[length];
            assertEquals(length == 9, decodes(all, into));
        }
    }
}
