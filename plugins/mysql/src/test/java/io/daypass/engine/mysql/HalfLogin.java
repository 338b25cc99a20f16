package io.daypass.engine.mysql;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A login by {@code mysql_native_password} that stops wherever it likes: the server has greeted; the user has said its
 * name, and is asked for a proof; the proof is sent.
 */
final class HalfLogin implements AutoCloseable {
    private static final int PROTOCOL_41 = 0x0200;
    private static final int SECURE_CONNECTION = 0x8000;
    private static final int PLUGIN_AUTH = 0x8_0000;
    private static final int UTF8 = 33;
    private static final int SCRAMBLE = 20;

    private final Socket socket;

    /** Connects, and hears the greeting. */
    HalfLogin(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        packet();
    }

    /**
     * Says who it is, by a way that the server has to change.
     *
     * @return what a proof has to be made of
     */
    byte[] name(String user) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int capabilities = PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH;
        body.writeBytes(new byte[] {(byte) capabilities, (byte) (capabilities >> 8), (byte) (capabilities >> 16), 0});
        body.writeBytes(new byte[] {0, 0, 0, 1, UTF8});
        body.writeBytes(new byte[23]);
        body.writeBytes((user + "\0").getBytes(StandardCharsets.US_ASCII));
        body.write(0);
        body.writeBytes("some_other_way\0".getBytes(StandardCharsets.US_ASCII));
        send(1, body.toByteArray());
        byte[] question = packet();
        if (question.length == 0 || question[0] != (byte) 0xfe) {
            throw new IOException("the server did not ask for a proof");
        }
        int end = question.length - 1;
        return Arrays.copyOfRange(question, end - SCRAMBLE, end);
    }

    /**
     * Proves it.
     *
     * @return whether the server let it in
     */
    boolean prove(String password, byte[] scramble) throws IOException, GeneralSecurityException {
        byte[] once = sha1(password.getBytes(StandardCharsets.US_ASCII));
        byte[] joined = Arrays.copyOf(scramble, 2 * SCRAMBLE);
        System.arraycopy(sha1(once), 0, joined, SCRAMBLE, SCRAMBLE);
        byte[] proof = sha1(joined);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= once[i];
        }
        try {
            send(3, proof);
            return packet()[0] == 0;
        } catch (EOFException | SocketException cut) {
            return false;
        }
    }

    private static byte[] sha1(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(bytes);
    }

    private void send(int number, byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(new byte[] {(byte) body.length, (byte) (body.length >> 8), 0, (byte) number});
        out.write(body);
        out.flush();
    }

    private byte[] packet() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] head = new byte[4];
        in.readFully(head);
        byte[] body = new byte[(head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16];
        in.readFully(body);
        return body;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
