package io.daypass.cli.ssh.certificate;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.wire.BlobReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A certificate, as OpenSSH's {@code PROTOCOL.certkeys} has it. Its signature isn't verified here: whoever is shown it does
 * that.
 *
 * @param line as in a {@code -cert.pub} file, without a line feed
 * @param blob the same in binary
 * @param serial of its CA
 * @param host whether it is a host's, not a user's
 * @param keyId what sshd logs
 * @param principals whom it is good for
 * @param validAfter when it begins
 * @param validBefore when it ends
 */
public record Certificate(
        String line,
        Bytes blob,
        long serial,
        boolean host,
        String keyId,
        List<String> principals,
        Instant validAfter,
        Instant validBefore) {
    private static final String SUFFIX = "-cert-v01@openssh.com";
    private static final int HOST = 2;
    private static final long LATEST = Instant.MAX.getEpochSecond();

    /** How many fields the public key is, by its type. */
    private static final Map<String, Integer> FIELDS = Map.of(
            "ssh-ed25519", 1,
            "ssh-rsa", 2,
            "ecdsa-sha2-nistp256", 2,
            "ecdsa-sha2-nistp384", 2,
            "ecdsa-sha2-nistp521", 2,
            "sk-ssh-ed25519@openssh.com", 2,
            "sk-ecdsa-sha2-nistp256@openssh.com", 3);

    public Certificate {
        principals = List.copyOf(principals);
    }

    /**
     * Reads one.
     *
     * @throws Failure if it is none
     */
    public static Certificate parse(String text) {
        String line = text.strip();
        String[] parts = line.split(" ", 3);
        try {
            if (parts.length < 2) {
                throw new IllegalArgumentException("it is no line of a .pub file");
            }
            byte[] blob = Base64.getDecoder().decode(parts[1]);
            return read(line, blob);
        } catch (IllegalArgumentException none) {
            throw Failure.because(
                    none, Exit.REMOTE, "what was answered is no certificate: " + none.getMessage(), "daypass status");
        }
    }

    private static Certificate read(String line, byte[] blob) {
        BlobReader in = new BlobReader(blob);
        String type = in.text();
        Integer fields = FIELDS.get(plain(type));
        if (fields == null || !type.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("a certificate of an unknown type");
        }
        in.bytes();
        for (int i = 0; i < fields; i++) {
            in.bytes();
        }
        long serial = in.u64();
        boolean host = in.u32() == HOST;
        String keyId = in.text();
        List<String> principals = new ArrayList<>();
        BlobReader names = new BlobReader(in.bytes());
        while (names.hasMore()) {
            principals.add(names.text());
        }
        return new Certificate(line, new Bytes(blob), serial, host, keyId, principals, time(in.u64()), time(in.u64()));
    }

    /** The type of the key that a type of certificates is for. */
    private static String plain(String type) {
        String name = type.endsWith(SUFFIX) ? type.substring(0, type.length() - SUFFIX.length()) : type;
        return name.startsWith("sk-") ? name + "@openssh.com" : name;
    }

    /** Whether it is for this key. */
    public boolean isFor(byte[] publicKey) {
        BlobReader key = new BlobReader(publicKey);
        BlobReader own = new BlobReader(blob.array());
        String type = key.text();
        if (!type.equals(plain(own.text()))) {
            return false;
        }
        own.bytes();
        while (key.hasMore()) {
            if (!Arrays.equals(key.bytes(), own.bytes())) {
                return false;
            }
        }
        return true;
    }

    private static Instant time(long seconds) {
        return Instant.ofEpochSecond(seconds < 0 || seconds > LATEST ? LATEST : seconds);
    }

    /** Bytes that a record may hold. */
    public static final class Bytes {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        /** A copy of them. */
        public byte[] array() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
