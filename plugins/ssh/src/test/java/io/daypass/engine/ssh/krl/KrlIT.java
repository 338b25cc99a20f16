package io.daypass.engine.ssh.krl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.Programs;
import io.daypass.engine.ssh.Seeded;
import io.daypass.engine.ssh.ca.CaKey;
import io.daypass.engine.ssh.ca.SignatureAlgorithm;
import io.daypass.engine.ssh.ca.Signatures;
import io.daypass.engine.ssh.cert.CertificateContents;
import io.daypass.engine.ssh.cert.CertificateReader;
import io.daypass.engine.ssh.cert.CertificateType;
import io.daypass.engine.ssh.cert.CertificateWriter;
import io.daypass.engine.ssh.key.SshPublicKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revocation lists as ssh-keygen reads them. */
class KrlIT {
    private static final CaKey CA = new CaKey(Seeded.pair("ed25519", 0, 21));
    private static final CaKey OTHER = new CaKey(Seeded.pair("ecdsa", 256, 22));
    private static final SshPublicKey KEY = Seeded.pair("ed25519", 0, 23).publicKey();

    @TempDir
    private Path directory = Path.of("/");

    /** Lists that need every way of writing, asked for serials on both sides of every border. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void revoke_ofSomeSerials_refusesThemAndNoOthers(long seed) throws Exception {
        Random random = new Random(seed);
        TreeSet<Long> serials = new TreeSet<>();
        long at = 1L + random.nextInt(3);
        for (int i = 0; i < 200; i++) {
            int length = random.nextInt(12) == 0 ? 250 + random.nextInt(300) : 1 + random.nextInt(4);
            for (int j = 0; j < length; j++) {
                serials.add(at++);
            }
            at += random.nextInt(4) == 0 ? random.nextLong(100, 40_100) : random.nextLong(1, 81);
        }
        Files.write(
                directory.resolve("krl"),
                list(serials.stream().mapToLong(Long::longValue)).toBytes());
        TreeSet<Long> asked = new TreeSet<>();
        for (long serial : serials) {
            if (!serials.contains(serial - 1) || !serials.contains(serial + 1) || random.nextInt(20) == 0) {
                asked.addAll(List.of(serial - 1, serial, serial + 1));
            }
        }
        asked.remove(0L);
        asked.add(Long.MAX_VALUE);
        assertAsked(asked.stream().toList(), CA, serials);
        assertAsked(asked.headSet(asked.first() + 50).stream().toList(), OTHER, Set.of());
    }

    @Test
    void revoke_ofAWideBitmapAndTheLastSerial_isRead() throws Exception {
        LongStream every3rd = LongStream.range(1, 20_000).map(n -> 3 * n);
        LongStream serials = LongStream.concat(every3rd, LongStream.of(Long.MAX_VALUE));
        Files.write(directory.resolve("krl"), list(serials).toBytes());
        assertAsked(
                List.of(
                        1L,
                        3L,
                        16_383L,
                        16_384L,
                        16_385L,
                        16_386L,
                        59_997L,
                        60_000L,
                        Long.MAX_VALUE - 1,
                        Long.MAX_VALUE),
                CA,
                Set.of(3L, 16_383L, 16_386L, 59_997L, Long.MAX_VALUE));
    }

    @Test
    void list_ofTwoCas_namesBoth() throws Exception {
        byte[] list = new KrlWriter(9, Instant.EPOCH, "of two")
                .revoke(CA.publicKey(), LongStream.of(5).iterator())
                .revoke(OTHER.publicKey(), LongStream.of(6).iterator())
                .toBytes();
        Files.write(directory.resolve("krl"), list);
        assertAsked(List.of(5L, 6L), CA, Set.of(5L));
        assertAsked(List.of(5L, 6L), OTHER, Set.of(6L));
        String shown =
                Programs.run(directory, "ssh-keygen", "-Q", "-l", "-f", "krl").good();
        assertTrue(shown.contains("# KRL version 9"), shown);
        assertTrue(shown.contains("# Comment: of two") || !shown.contains("Comment"), shown);
    }

    @Test
    void list_withoutEntries_refusesNothing() throws Exception {
        Files.write(directory.resolve("krl"), new KrlWriter(1, Instant.EPOCH, "").toBytes());
        assertAsked(List.of(1L, 2L), CA, Set.of());
    }

    @Test
    void signed_isReadByAllVersions_andItsSignatureIsOverAllBeforeIt() throws Exception {
        KrlWriter list = list(LongStream.of(5, 7));
        for (CaKey ca : List.of(CA, OTHER)) {
            byte[] signed = list.signed(ca, SignatureAlgorithm.of(ca.publicKey().kind(), ""));
            Files.write(directory.resolve("krl"), signed);
            assertAsked(List.of(5L, 6L, 7L), CA, Set.of(5L, 7L));
            byte[] plain = list.toBytes();
            assertEquals(0, Arrays.compare(plain, Arrays.copyOf(signed, plain.length)));
            int covered = plain.length + 1 + 4 + ca.publicKey().blob().length;
            byte[] signature = Arrays.copyOfRange(signed, covered + 4, signed.length);
            for (int at = 0; at < covered; at++) {
                byte[] message = Arrays.copyOf(signed, covered);
                assertTrue(Signatures.verify(ca.publicKey(), message, signature));
                message[at] ^= 1;
                assertFalse(Signatures.verify(ca.publicKey(), message, signature), "changed at " + at);
            }
        }
    }

    /** OpenSSH verifies such a signature up to 9.3; later ones pass over it, and what was changed is a list like any other. */
    @Test
    void signed_thatWasChanged_isRefusedWhereSignaturesAreVerified() throws Exception {
        byte[] signed = list(LongStream.of(5, 7)).signed(CA, SignatureAlgorithm.ED25519);
        signed[Long.BYTES + Integer.BYTES + Long.BYTES - 1] ^= 1;
        Files.write(directory.resolve("krl"), signed);
        Programs.Result asked = Programs.run(directory, "ssh-keygen", "-Q", "-l", "-f", "krl");
        assertTrue(
                asked.output().contains("incorrect signature") || asked.output().contains("# KRL version 2"),
                asked.output());
    }

    private static KrlWriter list(LongStream serials) {
        return new KrlWriter(3, Instant.EPOCH, "").revoke(CA.publicKey(), serials.iterator());
    }

    private void assertAsked(List<Long> serials, CaKey ca, Set<Long> revoked) throws Exception {
        List<String> command = new ArrayList<>(List.of("-Q", "-f", "krl"));
        for (long serial : serials) {
            String name = "c" + serial + "-cert.pub";
            Files.writeString(directory.resolve(name), certificate(serial, ca) + "\n");
            command.add(name);
        }
        List<String> lines = Programs.run(directory, "ssh-keygen", command.toArray(String[]::new))
                .output()
                .lines()
                .toList();
        assertEquals(serials.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String expected = revoked.contains(serials.get(i)) ? ": REVOKED" : ": ok";
            assertTrue(lines.get(i).endsWith(expected), lines.get(i));
        }
    }

    private static String certificate(long serial, CaKey ca) {
        CertificateContents contents = new CertificateContents(
                CertificateType.USER,
                serial,
                "k",
                List.of("u"),
                Instant.EPOCH,
                Instant.parse("2040-01-01T00:00:00Z"),
                new TreeMap<>(),
                new TreeMap<>());
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(ca.publicKey().kind(), "");
        return CertificateReader.read(CertificateWriter.sign(KEY, contents, new byte[32], ca, algorithm))
                .line();
    }
}
