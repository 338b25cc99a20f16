package io.daypass.engine.ssh.host;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.daypass.engine.ssh.key.PrivateKeyText;
import io.daypass.engine.ssh.key.SshKeyPair;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One login to a host: it runs one command, and is over. */
final class HostLogin {
    /** Marks of some thousand lines. */
    private static final int LONGEST_OUTPUT = 256 * 1024;

    private static final String BEGIN = "begin=";
    private static final String STATUS = "status=";

    /**
     * The status where a login was let in and ended in order, without a trace of the command: one for SFTP alone, or with a
     * command of its own.
     */
    static final int NO_COMMANDS = -1;

    /** What a command said, and its exit status. */
    record Ran(int status, String output) {}

    private HostLogin() {}

    /**
     * Logs in, runs a command by {@code sh}, and logs out.
     *
     * @param deadline for all of it
     * @throws Unavailable if the host can't be reached, isn't the one that it should be, refuses the login, or doesn't answer
     */
    static Ran run(Host host, String command, Deadline deadline) throws IOException {
        Session session = null;
        try {
            JSch jsch = new JSch();
            jsch.setKnownHosts(new ByteArrayInputStream(knownHosts(host).getBytes(StandardCharsets.UTF_8)));
            jsch.addIdentity("broker", identity(host), null, null);
            session = jsch.getSession(host.username(), host.address(), host.port());
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            session.setTimeout(millis(deadline));
            session.connect(millis(deadline));
            // The status comes as the last line: what the protocol tells of it may come after the end of the output.
            String told = "echo " + BEGIN + "; ( " + command + " ); echo \"" + STATUS + "$?\"";
            return exec(session, "sh -c " + Script.quoted(told), deadline);
        } catch (JSchException e) {
            throw new Unavailable("the host can't be logged in to: " + e.getMessage(), e);
        } finally {
            if (session != null) {
                session.disconnect();
            }
        }
    }

    private static Ran exec(Session session, String command, Deadline deadline) throws JSchException, IOException {
        ChannelExec channel = (ChannelExec) session.openChannel("exec");
        channel.setCommand(command);
        // Whatever runs there in the command's place and reads, such as SFTP's server, is over at once.
        channel.setInputStream(new ByteArrayInputStream(new byte[0]));
        InputStream in = channel.getInputStream();
        channel.connect(millis(deadline));
        String output = lastOf(in, deadline);
        channel.disconnect();
        return ran(output, channel.getExitStatus() >= 0);
    }

    /** The end of what is said, however much a login's own start-up files say before. */
    private static String lastOf(InputStream in, Deadline deadline) throws IOException {
        byte[] last = new byte[0];
        byte[] buffer = new byte[512];
        // The session's time-out ends a read from a host that is mute.
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            deadline.left();
            int kept = Math.min(last.length, LONGEST_OUTPUT);
            byte[] longer = Arrays.copyOfRange(last, last.length - kept, last.length + n);
            System.arraycopy(buffer, 0, longer, kept, n);
            last = longer;
        }
        return new String(last, StandardCharsets.UTF_8);
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

    private static int millis(Deadline deadline) {
        return (int) Math.min(Integer.MAX_VALUE, deadline.left().toMillis());
    }
}
