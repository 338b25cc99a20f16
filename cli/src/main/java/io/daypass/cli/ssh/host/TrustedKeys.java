package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.wire.BlobReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The public keys of a CA, as sshd's {@code TrustedUserCAKeys} has them: a line each. */
final class TrustedKeys {
    private TrustedKeys() {}

    /**
     * Reads them.
     *
     * @return their lines; at least one
     * @throws Failure if there is anything else than keys, or nothing
     */
    static List<String> read(byte[] text) {
        List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty() || !lines.stream().allMatch(TrustedKeys::isKey)) {
            throw Failure.of(
                    Exit.REMOTE,
                    "what was answered are no keys of a CA",
                    "see whether the path is that of an SSH engine: ssh/public_key");
        }
        return lines;
    }

    private static boolean isKey(String line) {
        String[] parts = line.split(" ", 3);
        try {
            return parts.length >= 2
                    && new BlobReader(Base64.getDecoder().decode(parts[1]))
                            .text()
                            .equals(parts[0]);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
