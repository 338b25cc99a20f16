package io.daypass.engine.ssh.host;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelSubsystem;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.daypass.engine.ssh.key.PrivateKeyText;
import io.daypass.engine.ssh.key.SshKeyPair;
import io.daypass.engine.ssh.sftp.Replies;
import io.daypass.engine.ssh.sftp.Sftp;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A login to a host, for one command after the other or for SFTP. It is over at a deadline, whatever the host does. */
final class HostLogin implements AutoCloseable {
    /** Marks of some thousand lines. */
    private static final int LONGEST_OUTPUT = 256 * 1024;

    private static final String BEGIN = "begin=";
    private static final String STATUS = "status=";

    /**
     * The status where a login was let in and ended in order, without a trace of the command: one for SFTP alone, or with a
     * command of its own.
     */
    static final int NO_COMMANDS = -1;

    private final Session session;
    private final Deadline deadline;

    /** What a command said, and its exit status. */
    record Ran(int status, String output) {}

    private HostLogin(Session session, Deadline deadline) {
        this.session = session;
        this.deadline = deadline;
    }

    /**
     * Logs in.
     *
     * @param deadline for all that is done there
     * @throws Unavailable if the host can't be reached, isn't the one that it should be, or refuses the login
     */
    static HostLogin to(Host host, Deadline deadline) {
        Session session = null;
        try {
            JSch jsch = new JSch();
            jsch.setKnownHosts(new ByteArrayInputStream(knownHosts(host).getBytes(StandardCharsets.UTF_8)));
            jsch.addIdentity("broker", identity(host), null, null);
            session = jsch.getSession(host.username(), host.address(), host.port());
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            session.setSocketFactory(new DeadlineSockets(deadline));
            session.connect(millis(deadline));
            return new HostLogin(session, deadline);
        } catch (JSchException e) {
            if (session != null) {
                session.disconnect();
            }
            throw unavailable(e);
        }
    }

    private static Unavailable unavailable(JSchException e) {
        return new Unavailable("the host can't be logged in to: " + e.getMessage(), e);
    }

    /**
     * Logs in, runs one command, and logs out.
     *
     * @throws Unavailable as {@link #to} and {@link #run(String)}
     */
    static Ran run(Host host, String command, Deadline deadline) throws IOException, InterruptedException {
        try (HostLogin login = to(host, deadline)) {
            return login.run(command);
        }
    }

    /**
     * Runs a command by {@code sh}.
     *
     * @throws Unavailable if the host doesn't tell how it ended, or not by the deadline
     */
    Ran run(String command) throws IOException, InterruptedException {
        // The status comes as the last line: what the protocol tells of it may come after the end of the output.
        String told = "echo " + BEGIN + "; ( " + command + " ); echo \"" + STATUS + "$?\"";
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            Tail said = new Tail(LONGEST_OUTPUT);
            ChannelEnd end = new ChannelEnd();
            channel.setCommand("sh -c " + Script.quoted(told));
            // Whatever runs there in the command's place and reads, such as SFTP's server, is over at once.
            channel.setInputStream(new ByteArrayInputStream(new byte[0]));
            channel.setOutputStream(said);
            channel.setErrStream(end);
            channel.connect(millis(deadline));
            end.await(deadline);
            return ran(said.text(), channel.getExitStatus() >= 0);
        } catch (JSchException e) {
            throw unavailable(e);
        }
    }

    private static Ran ran(String output, boolean inOrder) {
        int begin = output.lastIndexOf(BEGIN);
        int last = output.lastIndexOf(STATUS);
        if (begin < 0 && inOrder) {
            return new Ran(NO_COMMANDS, "");
        }
        String status = last < begin || begin < 0
                ? ""
                : output.substring(last + STATUS.length()).strip();
        if (!status.matches("[0-9]{1,3}")) {
            throw new Unavailable("the host ended the login before the command was over");
        }
        return new Ran(
                Integer.parseInt(status),
                output.substring(begin + BEGIN.length(), last).strip());
    }

    /**
     * Begins SFTP.
     *
     * @throws Unavailable if the host has none
     */
    Sftp sftp() throws IOException, InterruptedException {
        try {
            ChannelSubsystem channel = (ChannelSubsystem) session.openChannel("subsystem");
            Replies replies = new Replies();
            channel.setSubsystem("sftp");
            channel.setOutputStream(replies);
            channel.setErrStream(new ChannelEnd());
            OutputStream out = channel.getOutputStream();
            channel.connect(millis(deadline));
            return Sftp.begin(replies, out, deadline);
        } catch (JSchException e) {
            throw new Unavailable("the host lets this login have no SFTP: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        session.disconnect();
    }

    private static byte[] identity(Host host) {
        SshKeyPair pair = PrivateKeyText.read("private_key", host.privateKey(), host.passphrase());
        return PrivateKeyText.write(pair, 1, "").reveal().getBytes(StandardCharsets.US_ASCII);
    }

    private static String knownHosts(Host host) {
        String name = host.port() == 22 ? host.address() : "[" + host.address() + "]:" + host.port();
        return host.hostCa().isEmpty()
                ? name + " " + host.hostKey().strip() + "\n"
                : "@cert-authority " + name + "," + host.address() + " "
                        + host.hostCa().strip() + "\n";
    }

    static int millis(Deadline deadline) {
        return (int) Math.min(Integer.MAX_VALUE, deadline.left().toMillis());
    }
}
