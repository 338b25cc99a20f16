package io.daypass.dist;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A broker's configuration file in the making, with all of its paths in one directory. */
public final class BrokerConfig {
    private static final int KEY_BYTES = 32;

    private final Path directory;
    private final int port;
    private final Map<String, String> limits = new TreeMap<>();
    private String seal;
    private String tls = "";
    private String more = "";

    /**
     * Plain HTTP, a file seal and an audit file.
     *
     * @param directory where its files go
     * @param port of 127.0.0.1 to listen on
     */
    public BrokerConfig(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.seal = "  type: file\n  key_file: " + keyFile() + "\n";
    }

    /** Sets one of {@code limits}, such as {@code mint_deadline} to {@code 5s}. */
    public BrokerConfig limit(String name, String value) {
        limits.put(name, value);
        return this;
    }

    /** Seals with shares. */
    public BrokerConfig shamir() {
        seal = "  type: shamir\n";
        return this;
    }

    /** Speaks TLS. */
    public BrokerConfig tls(Path certificate, Path key) {
        tls = "  tls:\n    certificate: " + certificate + "\n    key: " + key + "\n";
        return this;
    }

    /** Adds top-level lines of YAML. */
    public BrokerConfig with(String lines) {
        more = more + lines + "\n";
        return this;
    }

    /** Where it keeps what lasts. */
    public Path data() {
        return directory.resolve("data");
    }

    /** Where it writes down what is asked of it. */
    public Path audit() {
        return directory.resolve("audit.jsonl");
    }

    /** The key of the file seal. */
    public Path keyFile() {
        return directory.resolve("seal.key");
    }

    /** The port of 127.0.0.1 that it listens on. */
    public int port() {
        return port;
    }

    /** Where requests go. */
    public URI address() {
        return URI.create((tls.isEmpty() ? "http" : "https") + "://127.0.0.1:" + port);
    }

    /**
     * Writes the file, and the seal's key unless it is there.
     *
     * @return the file
     */
    public Path write() throws IOException {
        Files.createDirectories(directory);
        if (!Files.exists(keyFile())) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            Files.createFile(
                    keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keyFile(), HexFormat.of().formatHex(key) + "\n");
        }
        return Files.writeString(directory.resolve("daypass.yaml"), text());
    }

    private String text() {
        String limitLines = limits.entrySet().stream()
                .map(limit -> "  " + limit.getKey() + ": " + limit.getValue() + "\n")
                .collect(Collectors.joining());
        return "listen:\n  address: 127.0.0.1:" + port + "\n" + tls
                + "storage:\n  path: " + data() + "\n"
                + "seal:\n" + seal
                + "audit:\n  file: " + audit() + "\n"
                + (limitLines.isEmpty() ? "" : "limits:\n" + limitLines)
                + more;
    }
}
