package io.daypass.engine.redis;

import io.daypass.plugin.Invalid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import redis.clients.jedis.SslOptions;

/** Whom TLS believes: a server of the name that was called, vouched for by a CA. */
final class Trust {
    /** Of a store in memory that holds nothing secret, because PKCS #12 wants one. */
    private static final char[] PASSWORD = "ca".toCharArray();

    private Trust() {}

    /**
     * @param pem certificates of CAs; empty: those that the JVM trusts
     * @throws Invalid if there are none in it
     */
    static SslOptions in(Optional<String> pem) {
        if (pem.isEmpty()) {
            return SslOptions.defaults();
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            ByteArrayInputStream text = new ByteArrayInputStream(pem.get().getBytes(StandardCharsets.US_ASCII));
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                store.setCertificateEntry("ca-" + store.size(), one);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, PASSWORD);
            return SslOptions.builder()
                    .trustStoreType("PKCS12")
                    .truststore(() -> new ByteArrayInputStream(bytes.toByteArray()), PASSWORD)
                    .build();
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new Invalid("ca_certificate", "there is no certificate in PEM in it");
        }
    }
}
