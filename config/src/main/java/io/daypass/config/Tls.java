package io.daypass.config;

import java.nio.file.Path;

/**
 * How requests are encrypted.
 *
 * @param certificate PEM
 * @param key PEM
 * @param minVersion the oldest version spoken
 */
public record Tls(
        @Key("The server's certificate in PEM, followed by those between it and its authority."
                + " `daypass operator tls-init` makes one.")
        Path certificate,

        @Key("Its private key in PEM (PKCS#8).") Path key,

        @Key(value = "The oldest version that is spoken.", otherwise = "1.2")
        TlsVersion minVersion) {}
