package io.daypass.engine.ssh.key;

import io.daypass.engine.ssh.wire.SshReader;
import io.daypass.engine.ssh.wire.SshWriter;
import io.daypass.plugin.Invalid;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Reads public keys and refuses what should not be certified: private keys, certificates, DSA, RSA that is short or has
 * a small factor, curves nobody has, points off their curve, and whatever is cut off, too long or spelt in another way.
 */
public final class PublicKeyReader {
    /** The longest text taken: an RSA key of 16,384 bits is of about 2,800 characters. */
    public static final int LONGEST_TEXT = 8_192;

    /** The shortest RSA modulus taken, in bits. */
    public static final int SHORTEST_RSA = 2_048;

    /** The longest RSA modulus that OpenSSH reads, in bits. */
    static final int LONGEST_RSA = 16_384;

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_APPLICATION = 1_024;
    private static final int LONGEST_EXPONENT = 64;

    /** The product of the primes from 3 to 751, as NIST SP 800-89 tries them. */
    private static final BigInteger SMALL_PRIMES = smallPrimes();

    private final String field;
    private final List<SshPublicKey> known;

    /**
     * @param field what the key came in, named in every error
     * @param known have been checked, which costs half as much as an Ed25519 signature; where one of them comes again it
     *     is known by its bytes
     */
    public PublicKeyReader(String field, SshPublicKey... known) {
        this.field = field;
        this.known = List.of(known);
    }

    /**
     * Reads one line as in a {@code .pub} file: name, base64, and a comment that is dropped.
     *
     * @throws Invalid if it isn't a key that may be certified
     */
    public SshPublicKey read(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw invalid("is of " + text.length() + " characters, more than " + LONGEST_TEXT);
        }
        String line = text.strip();
        refuseOtherFormats(line);
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw invalid("must be one line, as in a .pub file, without control characters");
        }
        String[] parts = line.split("[ \t]+", 3);
        refuseName(parts[0]);
        if (parts.length < 2) {
            throw invalid("ends after the key's type: the base64 part is missing");
        }
        SshPublicKey key = readBlob(decoded(parts[1]));
        if (!key.kind().wireName().equals(parts[0])) {
            throw invalid("says " + parts[0] + " in front, but holds a key of type "
                    + key.kind().wireName());
        }
        return key;
    }

    /**
     * Reads a key on the wire.
     *
     * @param blob name and numbers
     * @throws Invalid if it isn't a key that may be certified
     */
    public SshPublicKey readBlob(byte[] blob) {
        for (SshPublicKey each : known) {
            if (each.isWritten(blob)) {
                return each;
            }
        }
        SshReader reader = new SshReader(field, blob);
        String name = reader.text("the key's type", LONGEST_NAME);
        refuseName(name);
        KeyKind kind = KeyKind.ofWireName(name).orElseThrow();
        int bits = numbers(kind, reader);
        reader.end("the key");
        return new SshPublicKey(kind, bits, blob.clone());
    }

    /**
     * Reads the numbers of a key, as they stand inside a certificate.
     *
     * @param kind said by the certificate's own name
     * @param blob the certificate, which is read from its start up to here
     */
    public SshPublicKey readInside(KeyKind kind, byte[] blob, SshReader reader) {
        for (SshPublicKey each : known) {
            if (each.kind() == kind && reader.passes(each.body())) {
                return each;
            }
        }
        int start = reader.position();
        int bits = numbers(kind, reader);
        byte[] name = kind.wireName().getBytes(StandardCharsets.US_ASCII);
        byte[] key = new SshWriter()
                .bytes(name)
                .raw(Arrays.copyOfRange(blob, start, reader.position()))
                .toBytes();
        return new SshPublicKey(kind, bits, key);
    }

    private int numbers(KeyKind kind, SshReader reader) {
        return switch (kind) {
            case ED25519 -> ed25519(reader);
            case RSA -> rsa(reader);
            case ECDSA_256, ECDSA_384, ECDSA_521 -> ecdsa(kind, reader);
            case SK_ED25519 -> application(ed25519(reader), reader);
            case SK_ECDSA -> application(ecdsa(kind, reader), reader);
        };
    }

    private int ed25519(SshReader reader) {
        byte[] point = reader.exactly("the Ed25519 key", Ed25519.PUBLIC_KEY_SIZE);
        if (!Ed25519.validatePublicKeyPartial(point, 0)) {
            throw invalid("the Ed25519 key is no point of the curve that can be used");
        }
        return 256;
    }

    private int ecdsa(KeyKind kind, SshReader reader) {
        String curve = reader.text("the curve's name", LONGEST_NAME);
        if (!curve.equals(kind.curve())) {
            throw invalid("a key of type " + kind.wireName() + " must be over " + kind.curve());
        }
        byte[] point = reader.bytes("the point", 256);
        try {
            return Curves.point(kind, point).getCurve().getFieldSize();
        } catch (IllegalArgumentException e) {
            throw invalid("the point isn't on " + kind.curve() + ", or not written uncompressed");
        }
    }

    private int rsa(SshReader reader) {
        BigInteger exponent = reader.mpint("the RSA exponent", LONGEST_EXPONENT);
        if (exponent.compareTo(BigInteger.valueOf(3)) < 0 || !exponent.testBit(0)) {
            throw invalid("the RSA exponent must be odd and at least 3");
        }
        BigInteger modulus = reader.mpint("the RSA modulus", LONGEST_RSA);
        if (modulus.bitLength() < SHORTEST_RSA) {
            throw invalid("is RSA of " + modulus.bitLength() + " bits, fewer than " + SHORTEST_RSA);
        }
        if (!modulus.testBit(0) || !modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
            throw invalid("the RSA modulus has a small factor");
        }
        return modulus.bitLength();
    }

    private int application(int bits, SshReader reader) {
        String application = reader.text("the FIDO application", LONGEST_APPLICATION);
        if (application.isEmpty() || application.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw invalid("the FIDO application must be printable ASCII such as ssh:");
        }
        return bits;
    }

    private void refuseOtherFormats(String line) {
        if (line.isEmpty()) {
            throw invalid("is empty; send the one line of a .pub file");
        }
        String upper = line.substring(0, Math.min(line.length(), 200)).toUpperCase(Locale.ROOT);
        if (upper.contains("PRIVATE KEY") || upper.startsWith("PUTTY-USER-KEY")) {
            throw invalid("is a private key, which should never leave its machine; send the .pub file");
        }
        if (upper.startsWith("----")) {
            throw invalid("is in another format; send one line as in a .pub file (ssh-keygen -i converts)");
        }
    }

    private void refuseName(String name) {
        if (KeyKind.ofCertificateName(name).isPresent() || name.contains("-cert-v0")) {
            throw invalid("is a certificate; send the key that it is for");
        }
        if (name.equals("ssh-dss")) {
            throw invalid("is a DSA key, which sshd refuses");
        }
        if (KeyKind.ofWireName(name).isEmpty()) {
            throw invalid("isn't a key of a known type: ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384,"
                    + " ecdsa-sha2-nistp521, ssh-rsa, sk-ssh-ed25519@openssh.com, sk-ecdsa-sha2-nistp256@openssh.com");
        }
    }

    private byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid("its second part is no base64");
        }
    }

    private Invalid invalid(String problem) {
        return new Invalid(field, problem);
    }

    private static BigInteger smallPrimes() {
        BigInteger product = BigInteger.ONE;
        for (BigInteger prime = BigInteger.valueOf(3); prime.intValue() <= 751; prime = prime.nextProbablePrime()) {
            product = product.multiply(prime);
        }
        return product;
    }
}
