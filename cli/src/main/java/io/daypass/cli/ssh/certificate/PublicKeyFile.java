package io.daypass.cli.ssh.certificate;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.wire.BlobReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A public key in a {@code .pub} file. A private key that is named instead is neither read on nor sent.
 *
 * @param file where it is
 * @param line its one line
 */
public record PublicKeyFile(Path file, String line) {
    private static final String SUFFIX = ".pub";
    private static final int LONGEST = 16_384;

    /**
     * Reads one.
     *
     * @param named the file, or that of the private key beside it
     * @throws Failure if there is no public key
     */
    public static PublicKeyFile read(Path named) {
        Path file = named.toString().endsWith(SUFFIX) ? named : Path.of(named + SUFFIX);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            if (bytes.length > LONGEST || text.lines().count() != 1 || !isKey(text)) {
                throw Failure.of(
                        Exit.LOCAL,
                        file + " is no public key: one line is expected, of its type and base64",
                        "ssh-keygen -t ed25519   # makes a pair; the .pub file is the public one");
            }
            return new PublicKeyFile(file, text);
        } catch (IOException unreadable) {
            throw Failure.because(
                    unreadable,
                    Exit.LOCAL,
                    "can't read " + file + ": " + WholeFile.reason(unreadable),
                    "ssh-keygen -t ed25519   # makes a pair");
        }
    }

    private static boolean isKey(String line) {
        String[] parts = line.split("\\s+", 3);
        try {
            return parts.length >= 2
                    && new BlobReader(Base64.getDecoder().decode(parts[1]))
                            .text()
                            .equals(parts[0]);
        } catch (IllegalArgumentException noKey) {
            return false;
        }
    }

    /** Where ssh looks for its certificate: {@code id-cert.pub} beside {@code id.pub}. */
    public Path certificate() {
        String path = file.toString();
        return Path.of(path.substring(0, path.length() - SUFFIX.length()) + "-cert" + SUFFIX);
    }
}
