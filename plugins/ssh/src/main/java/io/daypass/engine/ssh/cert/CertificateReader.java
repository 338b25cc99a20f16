package io.daypass.engine.ssh.cert;

import io.daypass.engine.ssh.key.KeyKind;
import io.daypass.engine.ssh.key.PublicKeyReader;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.wire.SshReader;
import io.daypass.plugin.Invalid;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads certificates (PROTOCOL.certkeys), with the bounds of what is ever written here. */
public final class CertificateReader {
    /** The most principals that OpenSSH reads. */
    public static final int MOST_PRINCIPALS = 256;

    private static final String FIELD = "certificate";
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_PART = 128 * 1_024;
    private static final Instant LATEST = Instant.MAX;

    private CertificateReader() {}

    /**
     * Reads a certificate. Whether it is signed is asked of the answer.
     *
     * @param blob on the wire
     * @param known keys that have been checked and may stand in it; others are checked
     * @throws Invalid naming {@code certificate}
     */
    public static Certificate read(byte[] blob, SshPublicKey... known) {
        SshReader reader = new SshReader(FIELD, blob);
        String name = reader.text("its type", LONGEST_NAME);
        KeyKind kind = KeyKind.ofCertificateName(name)
                .orElseThrow(() -> new Invalid(FIELD, "isn't a certificate of a known type"));
        byte[] nonce = reader.bytes("the nonce", LONGEST_NAME);
        PublicKeyReader keys = new PublicKeyReader(FIELD, known);
        SshPublicKey key = keys.readInside(kind, blob, reader);
        CertificateContents contents = contents(reader);
        reader.bytes("the reserved part", 0);
        SshPublicKey ca = keys.readBlob(reader.bytes("the CA's key", LONGEST_PART));
        int signedBytes = reader.position();
        byte[] signature = reader.bytes("the signature", LONGEST_PART);
        reader.end("the signature");
        return new Certificate(key, contents, nonce, ca, signature, blob.clone(), signedBytes);
    }

    private static CertificateContents contents(SshReader reader) {
        long serial = reader.u64("the serial");
        CertificateType type = type(reader.u32("for whom it is"));
        String keyId = reader.text("the key id", LONGEST_TEXT);
        List<String> principals = principals(reader.nested("the principals", LONGEST_PART));
        Instant after = instant(reader.u64("the start"));
        Instant before = instant(reader.u64("the end"));
        SortedMap<String, String> critical = options(reader.nested("the critical options", LONGEST_PART));
        SortedMap<String, String> extensions = options(reader.nested("the extensions", LONGEST_PART));
        return new CertificateContents(type, serial, keyId, principals, after, before, critical, extensions);
    }

    private static CertificateType type(long number) {
        for (CertificateType each : CertificateType.values()) {
            if (each.number() == number) {
                return each;
            }
        }
        throw new Invalid(FIELD, "is neither for users nor for hosts");
    }

    private static List<String> principals(SshReader reader) {
        List<String> principals = new ArrayList<>();
        while (reader.hasMore()) {
            if (principals.size() == MOST_PRINCIPALS) {
                throw new Invalid(FIELD, "has more than " + MOST_PRINCIPALS + " principals");
            }
            principals.add(reader.text("a principal", LONGEST_TEXT));
        }
        return principals;
    }

    /** Seconds without sign; what no Java instant reaches means "for ever". */
    private static Instant instant(long seconds) {
        try {
            return seconds < 0 ? LATEST : Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            return LATEST;
        }
    }

    private static SortedMap<String, String> options(SshReader reader) {
        SortedMap<String, String> options = new TreeMap<>();
        String last = "";
        while (reader.hasMore()) {
            String name = reader.text("an option's name", LONGEST_NAME);
            if (name.compareTo(last) <= 0) {
                throw new Invalid(FIELD, "has options twice, or out of order");
            }
            last = name;
            SshReader data = reader.nested("an option's value", LONGEST_PART);
            options.put(name, data.hasMore() ? data.text("an option's value", LONGEST_TEXT) : "");
            data.end("an option's value");
        }
        return options;
    }
}
