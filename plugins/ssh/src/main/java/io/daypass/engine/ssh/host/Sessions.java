package io.daypass.engine.ssh.host;

import io.daypass.engine.ssh.authority.Authority;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ends sessions that are open on hosts, by the operator's own command there. OpenSSH has no way of its own to end the sessions
 * of a key or a certificate, and how they are found differs from host to host.
 */
final class Sessions {
    private static final int LONGEST_COMMAND = 4_096;
    private static final int HEXADECIMAL = 16;
    private static final Pattern KEY = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    private final Table<Host> hosts;
    private final Authority authority;

    /** The parameters of {@code end-sessions}. */
    record Meant(
            @Doc(
                    "The serial of the certificate that they were let in by: as sshd logs it, or serial_number as signing answers it")
            @Default("")
            String serialNumber,

            @Doc("The fingerprint of the key that they were let in by, as sshd logs it: SHA256:...") @Default("")
            String key) {}

    /** The answer of {@code end-sessions}. */
    record Told(@Doc("The host") String host) {}

    Sessions(Table<Host> hosts, Authority authority) {
        this.hosts = hosts;
        this.authority = authority;
    }

    void declare(Mount mount) {
        mount.action(
                "hosts/{host}/end-sessions",
                Meant.class,
                Told.class,
                (call, meant, deadline) -> end(call.at("host"), meant, deadline));
    }

    static void check(String command) {
        boolean isLine = command.chars().noneMatch(Character::isISOControl);
        if (!isLine || command.length() > LONGEST_COMMAND) {
            throw new Invalid("end_command", "must be one line of at most " + LONGEST_COMMAND + " characters");
        }
    }

    private Told end(String name, Meant meant, Deadline deadline) throws IOException, InterruptedException {
        Host host = hosts.named(name);
        if (host.endCommand().isEmpty()) {
            throw new Invalid("host", "has no end_command, so sessions there can't be ended from here");
        }
        String serial = serial(meant.serialNumber());
        if (!meant.key().isEmpty() && !KEY.matcher(meant.key()).matches()) {
            throw new Invalid("key", "must be a fingerprint as sshd logs it: SHA256: and 43 characters");
        }
        if (serial.isEmpty() == meant.key().isEmpty()) {
            throw new Invalid("serial_number", "is required, or key in its place");
        }
        int status = run(host, serial, meant.key(), deadline);
        if (status == HostLogin.NO_COMMANDS) {
            throw new Refused("the host's login runs no commands, so end_command can't be run there");
        }
        if (status != 0) {
            throw new Refused("end_command ended with " + status + " there; try it there by hand");
        }
        return new Told(name);
    }

    private static String serial(String text) {
        try {
            if (text.isEmpty()) {
                return "";
            }
            long serial = text.length() == HEXADECIMAL ? Long.parseLong(text, HEXADECIMAL) : Long.parseLong(text);
            if (serial > 0) {
                return Long.toString(serial);
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like one out of bounds.
        }
        throw new Invalid("serial_number", "must be a number from 1 up, or 16 hexadecimal digits");
    }

    /**
     * Ends the sessions that a leased line let in, if the host has a command for that: those of its key, so only if the line
     * is there, and no other has its key. The line is made a comment first, so that no session begins after the others were
     * ended, and is found as often as this is tried.
     *
     * @throws Unavailable if sessions may be open; to be tried again
     */
    void end(Host host, LeasedLine line, Deadline deadline) throws IOException, InterruptedException {
        if (host.endCommand().isEmpty() || line.key().isEmpty()) {
            return;
        }
        LockedFile.Disarmed there = new LockedFile(host).disarm(line.mark(), deadline);
        if (there.others() > 0 || !line.key().equals(fingerprintOf(there.key()))) {
            return;
        }
        int status = run(host, "", line.key(), deadline);
        if (status != 0) {
            throw new Unavailable("the line is gone, but end_command ended with " + status
                    + " there, so sessions may be open; it is run again until it ends with 0");
        }
    }

    private static String fingerprintOf(String base64) {
        try {
            return SshPublicKey.fingerprint(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Runs the host's command, and answers what it ended with. */
    private int run(Host host, String serial, String key, Deadline deadline) throws IOException, InterruptedException {
        String issuers = authority.all().stream().map(SshPublicKey::fingerprint).collect(Collectors.joining(" "));
        String command = Script.with(
                List.of("DAYPASS_SERIAL=" + serial, "DAYPASS_KEY=" + key, "DAYPASS_CA=" + issuers), host.endCommand());
        return HostLogin.run(host, command, deadline).status();
    }
}
