package io.daypass.engine.postgresql;

import io.daypass.plugin.Invalid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.ssl.WrappedFactory;

/**
 * TLS that trusts only the certificates of a text in PEM. The driver makes it by its class name, from the text; whether
 * the host's name is checked as well is {@code sslmode}'s matter.
 */
public final class PemTrust extends WrappedFactory {
    static final String FIELD = "tls_ca";

    /**
     * Called by the driver.
     *
     * @param pem one or more certificates
     */
    public PemTrust(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate each : certificates(pem)) {
            store.setCertificateEntry("ca-" + store.size(), each);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        factory = context.getSocketFactory();
    }

    /**
     * @throws Invalid if there is none, or one can't be read
     */
    static Collection<? extends Certificate> certificates(String pem) {
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
}
