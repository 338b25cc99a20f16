package io.daypass.benchmarks.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The configuration of a broker that is measured: as the manual's, but on loopback without TLS, and unsealing itself. */
final class ConfigFile {
    /** Protects nothing: what it seals is thrown away. */
    private static final String KEY = "00112233445566778899aabbccddeeff".repeat(2);

    private ConfigFile() {}

    /** Writes it, and the key of the seal beside it. */
    static void write(Path file, Path directory, InetSocketAddress address, Installation installation)
            throws IOException {
        Path key = directory.resolve("seal.key");
        if (!Files.exists(key)) {
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, KEY + "\n");
        }
        Files.writeString(file, """
                listen:
                  address: 127.0.0.1:%d
                storage:
                  path: %s
                seal:
                  type: file
                  key_file: %s
                audit:
                  file: %s
                plugins:
                  - file: %s
                    sha256: %s
                """.formatted(
                        address.getPort(),
                        directory.resolve("data"),
                        key,
                        directory.resolve("audit.log"),
                        installation.plugin(),
                        sha256(installation.plugin())));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
