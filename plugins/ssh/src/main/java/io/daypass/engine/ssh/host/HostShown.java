package io.daypass.engine.ssh.host;

import io.daypass.plugin.Doc;

/** A host as it is shown: without the key to it. */
record HostShown(
        @Doc("Its name or address") String address,
        @Doc("The port of its sshd") int port,
        @Doc("Who logs in there to edit the file") String username,
        @Doc("The host's key") String hostKey,
        @Doc("The CA that signed the host's key") String hostCa,
        @Doc("The file") String authorizedKeys,
        @Doc("The command that ends sessions there") String endCommand,
        @Doc("Whether the file is edited by SFTP") boolean sftp) {
    static HostShown of(Host host) {
        return new HostShown(
                host.address(),
                host.port(),
                host.username(),
                host.hostKey(),
                host.hostCa(),
                host.authorizedKeys(),
                host.endCommand(),
                host.sftp());
    }
}
