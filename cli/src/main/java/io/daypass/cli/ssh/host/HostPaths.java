package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a host's files are.
 *
 * @param config sshd's configuration
 * @param folder of all that sshd reads of the broker's, and of what the units need
 * @param systemd where units are; of no use without them
 */
record HostPaths(Path config, Path folder, Path systemd) {
    HostPaths {
        for (Path path : List.of(config, folder, systemd)) {
            // In sshd's configuration, in a unit and in a shell alike these stand for nothing else.
            if (!path.isAbsolute() || !path.toString().matches("[A-Za-z0-9 ./_+@:,=-]+")) {
                throw Failure.usage(
                        "this can't be a path in sshd's configuration and in units: " + path,
                        "an absolute one of letters, digits, blanks and . / _ + @ : , = -");
            }
        }
    }

    Path trusted() {
        return folder.resolve("trusted_user_ca_keys");
    }

    Path revoked() {
        return folder.resolve("revoked_keys");
    }

    Path certificate() {
        return folder.resolve("host-cert.pub");
    }

    /** Which broker, as an environment. */
    Path broker() {
        return folder.resolve("broker.env");
    }

    /** The authority of the broker's own certificate. */
    Path authority() {
        return folder.resolve("broker_ca.pem");
    }

    /** The host's token, as an environment. */
    Path bearer() {
        return folder.resolve("host_token.env");
    }

    /** All files in the folder but the two that sshd needs until it has read its configuration anew. */
    Stream<Path> dispensable() {
        return Stream.of(
                Mirror.note(trusted()),
                Mirror.note(revoked()),
                certificate(),
                HostCertificate.unread(certificate()),
                broker(),
                authority(),
                bearer());
    }

    /** Those two: without the list it refuses every key. */
    Stream<Path> needed() {
        return Stream.of(trusted(), revoked());
    }

    /** A unit of systemd's. */
    Path unit(String name) {
        return systemd.resolve(name);
    }
}
