package io.daypass.engine.ssh.host;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Secret;

/** A host without a CA, and how it is logged in to: the entry at {@code hosts/NAME}. */
public record Host(
        @Doc("Its name or address") String address,

        @Doc("The port of its sshd") @Default("22") int port,

        @Doc("Who logs in there to edit the file, by a POSIX shell with flock, or by SFTP")
        String username,

        @Doc("The key to log in with: OpenSSH's format, PKCS#8 or PEM; never shown")
        Secret privateKey,

        @Doc("The passphrase of that key") @Default("") Secret passphrase,

        @Doc("The host's key, as in its .pub file; or leave it out and set host_ca") @Default("")
        String hostKey,

        @Doc("The CA that signed the host's key, as in a .pub file") @Default("")
        String hostCa,

        @Doc("The file, below that user's home or from the root; there already, and no link")
        @Default(".ssh/authorized_keys")
        String authorizedKeys,

        @Doc("A command that ends the sessions there of a key or a certificate, run by that login; empty: none")
        @Default("")
        String endCommand,

        @Doc(
                "Whether the file is edited by SFTP, for a login that may use nothing else: without a lock, and no sessions are ended")
        @Default("false")
        boolean sftp) {
    /** Which file of which host it is. */
    String place() {
        return username + "@" + address + ":" + port + " " + authorizedKeys;
    }
}
