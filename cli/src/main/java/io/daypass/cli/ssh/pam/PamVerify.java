package io.daypass.cli.ssh.pam;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.context.Setting;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Refusal;
import io.daypass.cli.http.Reply;
import io.daypass.cli.http.Target;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import io.daypass.cli.shell.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ssh pam-verify}: says whether a one-time password lets this user in on this host. Ends with 0 only when the broker
 * said so; whatever goes wrong, it doesn't.
 */
@Command(
        description = {
            "For pam_exec with expose_authtok: the password comes on standard input, the user in PAM_USER. Needs no token."
                    + " The broker must be named by --address, since what is in the environment isn't to be trusted here, and"
                    + " by https, unless it is on this machine.",
            "",
            "What isn't of the form of a one-time password is refused without asking, so a password that was typed by"
                    + " mistake goes nowhere."
        },
        footer = {
            "  daypass ssh pam-verify --address https://broker.example.com:8200 --ip 203.0.113.7",
            "in /etc/pam.d/sshd:",
            "  auth requisite pam_exec.so quiet expose_authtok /usr/bin/daypass ssh pam-verify --address ..."
        })
public final class PamVerify implements Action {
    private static final Pattern FORM = Pattern.compile("[0-9a-z]{1,13}-[0-9a-f]{40}");

    /** PAM's longest answer, and one more. */
    private static final int MOST = 513;

    private static final int LONGEST_SECONDS = 60;

    @Option(names = "--mount", paramLabel = "PATH", description = "where the engine is (default: ssh)")
    private String mount = "ssh";

    @Option(
            names = "--ip",
            paramLabel = "ADDRESS",
            description = "an address or network by which this host is known, again for more (default: those of its"
                    + " interfaces, but not loopback)")
    private List<String> addresses = new ArrayList<>();

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            description = "a role whose passwords are taken, again for more (default: any)")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "how long the broker may take (default: 5)")
    private int timeout = 5;

    @Override
    public int run(Session session) {
        Broker broker = broker(session);
        HostAddresses own = addresses.isEmpty() ? HostAddresses.own() : HostAddresses.named(addresses);
        Shell shell = session.shell();
        String type = shell.variable("PAM_TYPE");
        String user = shell.variable("PAM_USER");
        if (user == null || (type != null && !type.equals("auth"))) {
            throw Failure.usage("PAM's auth is to ask, with the user in PAM_USER; see --help");
        }
        Reply reply = broker.exchange(Call.write(
                mount + "/verify", Json.object().put("otp", password(shell).reveal())));
        if (reply.status() != 200) {
            Exit exit = reply.status() == 429 || reply.status() >= 500 ? Exit.BUSY : Exit.DENIED;
            throw Failure.of(exit, "not let in: the broker says: " + Refusal.said(reply));
        }
        JsonNode said = reply.said();
        check(said.path("username").asText().equals(user), "it is for another user");
        check(own.hold(said.path("ip").asText()), "it is for another host");
        check(roles.isEmpty() || roles.contains(said.path("role_name").asText()), "it is of another role");
        String from = shell.variable("PAM_RHOST");
        session.printer().note("let in: " + user + (from == null ? "" : " from " + from));
        return Action.ok();
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw Failure.of(Exit.DENIED, "not let in: the password is right, but " + otherwise);
        }
    }

    private Broker broker(Session session) {
        if (timeout < 1 || timeout > LONGEST_SECONDS) {
            throw Failure.usage("--timeout: from 1 to " + LONGEST_SECONDS + " seconds");
        }
        Target target = session.broker().anonymous().target();
        if (!target.origin().equals("--address")) {
            throw Failure.usage("--address: it is required here, so that nothing else decides who is asked");
        }
        Setting<String> authority = session.settings().endpoint().authority();
        if (authority != null && !authority.origin().equals("--ca-cert")) {
            throw Failure.usage("--ca-cert: name the authorities here, so that nothing else decides who is believed");
        }
        String host = String.valueOf(target.address().getHost());
        boolean here = host.equals("localhost") || host.matches("127(?:\\.\\d{1,3}){3}") || host.equals("[::1]");
        if (!"https".equals(target.address().getScheme()) && !here) {
            throw Failure.usage("--address: https is required, since a password is sent there");
        }
        Duration patience = Duration.ofSeconds(timeout);
        return new Broker(target.timeouts(patience, patience));
    }

    /** What PAM hands over, as far as it may be a one-time password; pam_exec may end it with a NUL. */
    private static Secret password(Shell shell) {
        byte[] read = read(shell);
        String text = new String(read, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        String password = (end < 0 ? text : text.substring(0, end)).strip();
        if (!FORM.matcher(password).matches()) {
            throw Failure.of(Exit.DENIED, "not let in: what was typed is no one-time password");
        }
        return Secret.of(password);
    }

    private static byte[] read(Shell shell) {
        try {
            return shell.in().readNBytes(MOST);
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "not let in: standard input can't be read");
        }
    }
}
