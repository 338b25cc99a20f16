package io.daypass.engine.ssh.sftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.wire.SshWriter;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What an SFTP server may answer, and what it may not. All of it is there before it is asked for. */
@Timeout(30)
class SftpTest {
    private static final SshWriter VERSION =
            new SshWriter().u8(2).u32(3).text("fsync@openssh.com").text("1");

    private final Replies replies = new Replies();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private static Deadline deadline() {
        return new Deadline(Instant.now().plusMillis(300), InstantSource.system());
    }

    private void answer(SshWriter packet) throws IOException {
        byte[] framed = new SshWriter().nested(packet).toBytes();
        replies.write(framed, 0, framed.length);
    }

    private Sftp begun() throws IOException, InterruptedException {
        answer(VERSION);
        return Sftp.begin(replies, sent, deadline());
    }

    private static SshWriter status(int id, int code) {
        return new SshWriter().u8(101).u32(id).u32(code).text("why").text("en");
    }

    private static SshWriter attributes(int id) {
        return new SshWriter()
                .u8(105)
                .u32(id)
                .u32(0xf)
                .u64(7)
                .u32(1000)
                .u32(50)
                .u32(0100644)
                .u32(1)
                .u32(2);
    }

    private static void unavailable(String text, Executable asked) {
        String message = String.valueOf(assertThrows(Unavailable.class, asked).getMessage());
        assertTrue(message.contains(text), message);
    }

    @Test
    void requests_areAsTheDraftSays() throws Exception {
        Sftp sftp = begun();
        assertTrue(sftp.canSync());
        answer(new SshWriter().u8(102).u32(1).text("h"));
        Sftp.Handle handle = sftp.open("f", Sftp.Mode.APPEND);
        answer(status(2, 0));
        sftp.write(handle, 5, new byte[] {'x'});
        answer(new SshWriter().u8(103).u32(3).text("data"));
        assertArrayEquals("data".getBytes(StandardCharsets.US_ASCII), sftp.read(handle, 9));
        answer(status(4, 1));
        assertEquals(0, sftp.read(handle, 13).length);
        answer(attributes(5));
        assertEquals(new Attributes(7, 1000, 0100644), sftp.fstat(handle));
        SshWriter expected = new SshWriter()
                .nested(new SshWriter().u8(1).u32(3))
                .nested(new SshWriter().u8(3).u32(1).text("f").u32(7).u32(0))
                .nested(new SshWriter().u8(6).u32(2).text("h").u64(5).text("x"))
                .nested(new SshWriter().u8(5).u32(3).text("h").u64(9).u32(Sftp.LONGEST_DATA))
                .nested(new SshWriter().u8(5).u32(4).text("h").u64(13).u32(Sftp.LONGEST_DATA))
                .nested(new SshWriter().u8(8).u32(5).text("h"));
        assertArrayEquals(expected.toBytes(), sent.toByteArray());
    }

    @Test
    void file_isPlain_onlyByItsMode() {
        assertTrue(new Attributes(0, 0, 0100600).isPlain());
        for (long sort : new long[] {0120777, 0010600, 0020600, 0040700, 0060600, 0140755, 0}) {
            assertFalse(new Attributes(0, 0, sort).isPlain(), Long.toOctalString(sort));
        }
    }

    @Test
    void no_isToldByItsNumber_withoutTheHostsText() throws Exception {
        Sftp sftp = begun();
        answer(status(1, 2));
        SftpStatus missing = assertThrows(SftpStatus.class, () -> sftp.lstat("f"));
        assertTrue(missing.isMissing());
        assertFalse(String.valueOf(missing.getMessage()).contains("why"));
        answer(status(2, 0));
        assertThrows(SftpStatus.class, () -> sftp.lstat("f"), "a status where attributes are due");
    }

    @Test
    void server_ofAnotherVersion_orThatExtendsForEver_isRefused() throws IOException {
        answer(new SshWriter().u8(2).u32(4));
        unavailable("doesn't speak version 3", () -> Sftp.begin(replies, sent, deadline()));
        answer(new SshWriter().u8(2).u32(3).text("x".repeat(5_000)).text(""));
        unavailable("can't be read", () -> Sftp.begin(replies, sent, deadline()));
    }

    @Test
    void packet_ofAnImpossibleLength_isRefused_beforeItIsHeld() throws Exception {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Sftp.LONGEST_PACKET + 1}) {
            Replies lying = new Replies();
            byte[] bytes = new SshWriter().u32(length).toBytes();
            lying.write(bytes, 0, 4);
            unavailable("of a length that none has", () -> Sftp.begin(lying, sent, deadline()));
        }
    }

    @Test
    void answer_toAnotherRequest_orOfAnotherSort_isRefused() throws Exception {
        for (SshWriter wrong : List.of(
                attributes(9),
                new SshWriter().u8(102).u32(1).text("h"),
                new SshWriter().u8(77).u32(1),
                new SshWriter().u8(105),
                new SshWriter().u8(105).u32(1).u32(0xf).u64(1),
                new SshWriter().u8(105).u32(1).u32(1).u64(1),
                new SshWriter().u8(105).u32(1).u32(7).u64(-1).u32(0).u32(0).u32(0))) {
            Replies one = new Replies();
            byte[] framed = new SshWriter().nested(VERSION).nested(wrong).toBytes();
            one.write(framed, 0, framed.length);
            Sftp sftp = Sftp.begin(one, sent, deadline());
            assertThrows(Unavailable.class, () -> sftp.lstat("f"));
        }
    }

    @Test
    void data_thatIsMoreThanWasAskedFor_orNone_isRefused() throws Exception {
        Sftp sftp = begun();
        answer(new SshWriter().u8(102).u32(1).text("h"));
        Sftp.Handle handle = sftp.open("f", Sftp.Mode.READ);
        answer(new SshWriter().u8(103).u32(2).bytes(new byte[Sftp.LONGEST_DATA + 1]));
        unavailable("can't be read", () -> sftp.read(handle, 0));
        answer(new SshWriter().u8(103).u32(3).bytes(new byte[0]));
        unavailable("with nothing", () -> sftp.read(handle, 0));
        answer(new SshWriter().u8(102).u32(4).text("h".repeat(257)));
        unavailable("can't be read", () -> sftp.open("f", Sftp.Mode.READ));
    }

    @Test
    void server_thatIsMute_orGone_isNotWaitedForBeyondTheDeadline() throws Exception {
        Sftp sftp = begun();
        unavailable("deadline", () -> sftp.lstat("f"));
        replies.close();
        Sftp other = sftp;
        assertThrows(Unavailable.class, () -> other.lstat("f"));
    }

    @Test
    void server_thatSendsWithoutEnd_isCutOff() throws IOException {
        byte[] much = new byte[100_000];
        IOException cut = assertThrows(IOException.class, () -> {
            for (int i = 0; i < 10; i++) {
                replies.write(much, 0, much.length);
            }
        });
        assertTrue(String.valueOf(cut.getMessage()).contains("more was sent"), cut.toString());
        assertThrows(IOException.class, () -> replies.write(1));
    }

    @Test
    void answers_atRandom_endInNothingWorse() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 3_000; i++) {
            Replies some = new Replies();
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            byte[] framed = new SshWriter()
                    .nested(VERSION)
                    .nested(new SshWriter().u8(101 + random.nextInt(5)).u32(1).raw(noise))
                    .toBytes();
            some.write(framed, 0, framed.length);
            some.close();
            Sftp sftp = Sftp.begin(some, sent, deadline());
            try {
                sftp.lstat("f");
            } catch (Unavailable | SftpStatus e) {
                assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
        }
    }
}
