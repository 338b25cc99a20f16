package io.daypass.engine.postgresql;

import io.daypass.engine.sql.PemCertificates;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.postgresql.ssl.WrappedFactory;

/**
 * TLS that trusts only the certificates of a text in PEM. The driver makes it by its class name, from the text; whether
 * the host's name is checked as well is {@code sslmode}'s matter.
 */
public final class PemTrust extends WrappedFactory {
    /**
     * Called by the driver.
     *
     * @param pem one or more certificates
     */
    public PemTrust(String pem) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, PemCertificates.trust(pem), null);
        factory = context.getSocketFactory();
    }
}
