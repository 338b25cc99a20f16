package io.daypass.engine.ssh.authority;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Secret;

/** A CA key to be made or imported. */
record CaParams(
        @Doc("Whether a key is made here; left out: unless private_key is given") @Default("true")
        boolean generateSigningKey,

        @Doc("ed25519, ecdsa or rsa, where a key is made") @Default("ed25519")
        String keyType,

        @Doc("ecdsa 256, 384, 521; rsa 3072, 4096; 0: the usual") @Default("0")
        int keyBits,

        @Doc("A key to import: OpenSSH's format, PKCS#8 or PEM") @Default("")
        Secret privateKey,

        @Doc("The passphrase of the key to import") @Default("")
        Secret passphrase,

        @Doc("The public half of the key to import, compared with it; empty: worked out") @Default("")
        String publicKey) {}
