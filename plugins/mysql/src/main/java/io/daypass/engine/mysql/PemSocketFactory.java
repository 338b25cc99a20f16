package io.daypass.engine.mysql;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.StandardSocketFactory;
import io.daypass.engine.sql.PemCertificates;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS that trusts only the certificates of a text in PEM, which the driver by itself takes from files alone. The driver
 * makes it by its class name.
 */
public final class PemSocketFactory extends StandardSocketFactory {
    /** The property of the driver's that holds the certificates. */
    static final String CA = "daypassTlsCa";
    /** The property that says whether the certificate must be of the host's name. */
    static final String VERIFY_HOST = "daypassVerifyHost";

    private static final String[] PROTOCOLS = {"TLSv1.2", "TLSv1.3"};

    private String ca = "";
    private boolean verifiesHost = true;

    @Override
    protected Socket createSocket(PropertySet properties) {
        ca = properties.getStringProperty(CA).getValue();
        verifiesHost =
                Boolean.parseBoolean(properties.getStringProperty(VERIFY_HOST).getValue());
        return super.createSocket(properties);
    }

    // The driver declares it like this, and its own factory casts in the same way.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    @Override
    public <T extends Closeable> T performTlsHandshake(SocketConnection connection, ServerSession session, Log log)
            throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(rawSocket, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        if (verifiesHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        sslSocket = socket;
        return (T) socket;
    }

    private SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, PemCertificates.trust(ca), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS can't be begun", e);
        }
    }
}
