package io.daypass.engine.ssh.host;

import com.jcraft.jsch.SocketFactory;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Connections that end at a deadline, whatever comes over them. A time-out of a socket alone begins anew with each byte,
 * so a host that sends one now and then would hold a login for ever.
 */
final class DeadlineSockets implements SocketFactory {
    private final Deadline deadline;

    DeadlineSockets(Deadline deadline) {
        this.deadline = deadline;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), millisLeft());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public InputStream getInputStream(Socket socket) throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                socket.setSoTimeout(millisLeft());
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                socket.setSoTimeout(millisLeft());
                return super.read(bytes, from, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream(Socket socket) throws IOException {
        return socket.getOutputStream();
    }

    private int millisLeft() throws IOException {
        try {
            return HostLogin.millis(deadline);
        } catch (Unavailable e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
