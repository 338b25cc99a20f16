package io.daypass.benchmarks.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** The configuration of a broker that is measured: as the manual's, on loopback without TLS, the store in its directory. */
final class ConfigFile {
    private ConfigFile() {}

    /** Writes it. */
    static void write(Path file, Path directory, InetSocketAddress address, Installation installation)
            throws IOException {
        throw new IOException("not yet " + file + directory + address + installation);
    }
}
