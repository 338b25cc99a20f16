package io.daypass.engine.ssh.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshReaderTest {
    @Test
    void read_whatWasWritten() {
        byte[] bytes = new SshWriter()
                .u8(0xff)
                .u32(0xffff_fffeL)
                .u64(-2)
                .text("grün")
                .mpint(BigInteger.valueOf(128))
                .nested(new SshWriter().u8(7))
                .raw(new byte[] {1, 2})
                .toBytes();
        SshReader reader = new SshReader("key", bytes);
        assertEquals(0xff, reader.u8("a"));
        assertEquals(0xffff_fffeL, reader.u32("b"));
        assertEquals(-2, reader.u64("c"));
        assertEquals("grün", reader.text("d", 5));
        assertEquals(BigInteger.valueOf(128), reader.mpint("e", 8));
        SshReader nested = reader.nested("f", 1);
        assertEquals(7, nested.u8("g"));
        assertFalse(nested.hasMore());
        assertTrue(reader.hasMore());
        assertArrayEquals(new byte[] {1, 2}, reader.rest());
        reader.end("all");
    }

    /** The examples of RFC 4251, section 5. */
    @ParameterizedTest
    @CsvSource({"00000000,0", "0000000809a378f9b2e332a7,9a378f9b2e332a7", "000000020080,80"})
    void mpint_asInTheRfc(String hex, String number) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        BigInteger expected = new BigInteger(number, 16);
        assertArrayEquals(bytes, new SshWriter().mpint(expected).toBytes());
        assertEquals(expected, new SshReader("key", bytes).mpint("n", 64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000002edcc", "0000000100", "000000020001", "00000003008000", "0000000201"})
    void mpint_negativePaddedLongOrCutOff_isRefused(String hex) {
        SshReader reader = new SshReader("key", HexFormat.of().parseHex(hex));
        Invalid error = assertThrows(Invalid.class, () -> reader.mpint("n", 15));
        assertEquals("key", error.field());
    }

    @ParameterizedTest
    @CsvSource({
        "'',ends within the length of x",
        "000000,ends within the length of x",
        "00000004616263,ends within x",
        "ffffffff,x is of 4294967295 bytes",
        "0000000461626364,x is of 4 bytes",
        "00000002c328,x is no UTF-8"
    })
    void text_outOfBounds_isRefused(String hex, String problem) {
        SshReader reader = new SshReader("key", HexFormat.of().parseHex(hex));
        int most = hex.equals("00000004616263") ? 4 : 3;
        String message = String.valueOf(
                assertThrows(Invalid.class, () -> reader.text("x", most)).getMessage());
        assertTrue(message.contains(problem), message);
    }

    @Test
    void end_withMoreToRead_isRefused() {
        SshReader reader = new SshReader("key", new byte[3]);
        reader.u8("first");
        Invalid error = assertThrows(Invalid.class, () -> reader.end("it"));
        assertEquals("key: 2 bytes are left after it", error.getMessage());
    }
}
