package io.daypass.engine.sql;

import io.daypass.plugin.Invalid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The certificates of a connection's {@code tls_ca}. */
public final class PemCertificates {
    private static final String FIELD = "tls_ca";

    private PemCertificates() {}

    /**
     * @param pem one or more certificates
     * @throws Invalid if there is none, or one can't be read
     */
    public static Collection<? extends Certificate> read(String pem) {
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            if (found.isEmpty()) {
                throw new Invalid(FIELD, "holds no certificate in PEM");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new Invalid(FIELD, "is not a certificate in PEM");
        }
    }

    /**
     * What trusts only what descends from these certificates.
     *
     * @param pem one or more certificates
     */
    public static TrustManager[] trust(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate each : read(pem)) {
            store.setCertificateEntry("ca-" + store.size(), each);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }
}
