package io.daypass.benchmarks.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The configuration of a broker that is measured: as the manual's, on loopback without TLS, the store in its directory. */
final class ConfigFile {
    private ConfigFile() {}

    /** Writes it. */
    static void write(Path file, Path directory, InetSocketAddress address, Installation installation)
            throws IOException {
        Files.writeString(file, """
                listen: 127.0.0.1:%d
                data: %s
                audit: %s
                seal:
                  type: file
                  key: %s
                plugins:
                  - file: %s
                    sha256: %s
                """.formatted(
                        address.getPort(),
                        directory.resolve("data"),
                        directory.resolve("audit.log"),
                        directory.resolve("seal.key"),
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
