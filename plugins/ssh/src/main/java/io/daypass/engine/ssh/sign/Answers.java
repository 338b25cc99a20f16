package io.daypass.engine.ssh.sign;

import io.daypass.plugin.Doc;
import io.daypass.plugin.Secret;

/** What callers get. */
final class Answers {
    private Answers() {}

    /** Of {@code sign}. */
    record Signed(
            @Doc("In hexadecimal, as Vault writes it") String serialNumber,
            @Doc("As in a -cert.pub file") String signedKey) {}

    /** Of {@code issue}. */
    record Issued(
            @Doc("In hexadecimal, as Vault writes it") String serialNumber,
            @Doc("As in a -cert.pub file") String signedKey,
            @Doc("In OpenSSH's format; kept nowhere here") Secret privateKey,
            @Doc("ed25519 or ecdsa") String privateKeyType) {}
}
