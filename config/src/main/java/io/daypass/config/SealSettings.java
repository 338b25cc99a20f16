package io.daypass.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What protects the root key.
 *
 * @param type which seal
 * @param keyFile there if, and only if, the type is {@code file}
 */
public record SealSettings(
        @Key("`shamir`: the key is split into shares when the broker is initialised, and after each start so many of"
                + " them must be given (`daypass operator unseal`). `file`: the key is in a file on this"
                + " machine, and the broker unseals itself. `memory`: the key ends with the process, so the data"
                + " directory is useless after it; for trials. When the broker is stopped it ends all leases first.")
        SealType type,

        @Key("With `type: file` only, and needed then: 32 bytes as hexadecimal digits or base64, in a file of our own"
                + " with mode 0600 that is no link. Make it by `(umask 077; openssl rand -hex 32 > FILE)`, keep"
                + " a copy elsewhere: nothing can be read without it.")
        Optional<Path> keyFile) {}
