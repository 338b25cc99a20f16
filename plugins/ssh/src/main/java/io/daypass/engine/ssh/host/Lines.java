package io.daypass.engine.ssh.host;

import io.daypass.engine.ssh.authority.Authority;
import io.daypass.engine.ssh.key.PrivateKeyText;
import io.daypass.engine.ssh.key.PublicKeyReader;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.role.KeyLengths;
import io.daypass.engine.ssh.role.Role;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Request;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines in {@code authorized_keys} of hosts without a CA, each a lease. */
public final class Lines {
    private static final int LONGEST_MARK = 60;
    /** What SFTP writes at once, and a shell takes as one word. */
    private static final int LONGEST_LINE = 30_000;

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:-]{1,253}");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_./@+ -]{1,512}");

    private final Table<Role> roles;
    private final Table<Host> hosts;
    private final Sessions sessions;
    private @Nullable Leases<LeasedLine> leases;

    /** The parameters of {@code authorize}. */
    record Wanted(
            @Doc("The host, by its name here") String host,
            @Doc("The key, as in a .pub file") String publicKey) {}

    /** The answer of {@code authorize}. */
    record Authorized(
            @Doc("Where to log in") String address,
            @Doc("The port of its sshd") int port,
            @Doc("As whom to log in") String username,

            @Doc("The host's key, as in its .pub file; empty: by host_ca")
            String hostKey,

            @Doc("The CA that signed the host's key; empty: by host_key")
            String hostCa) {}

    private Lines(Mount mount, Table<Role> roles, Authority authority) {
        this.roles = roles;
        hosts = mount.collection(
                "hosts/{host}",
                Host.class,
                (name, host, deadline) -> {
                    checkPlace(name, host);
                    List<String> warnings = check(host, deadline);
                    // Again: logging in took its time.
                    checkPlace(name, host);
                    return warnings;
                },
                HostShown.class,
                HostShown::of);
        sessions = new Sessions(hosts, authority);
    }

    /** Declares the hosts, the kind of lease and its paths. */
    public static void declare(Mount mount, Table<Role> roles, Authority authority) {
        Lines lines = new Lines(mount, roles, authority);
        lines.sessions.declare(mount);
        lines.leases = mount.leases("line", LeasedLine.class, lines::revoke)
                .on(lines.hosts, LeasedLine::host)
                .settle(lines::settle)
                .unfenced(lines::isUnfenced, lines::lengthen)
                .list("orphans/{host}", LeasedLine::mark, lines::marks)
                .issue("authorize/{role}", Wanted.class, Authorized.class, lines::draft);
    }

    /**
     * A line is looked for where its host leads to: elsewhere, absent would be taken for gone. And what is still under way
     * without a lock must not meet lines that are used again under one.
     */
    private void checkPlace(String name, Host host) {
        Optional<Host> before = hosts.find(name);
        boolean moves = before.isPresent() && !before.get().place().equals(host.place());
        boolean locks = before.isPresent() && before.get().sftp() && !host.sftp();
        long live = (moves || locks) && leases != null ? leases.live(name) : 0;
        if (live > 0 && moves) {
            throw new Invalid(
                    "address",
                    live
                            + " leases live there; address, port, username and authorized_keys can change when they are gone");
        }
        if (live > 0) {
            throw new Invalid("sftp", live + " leases live there; it can be unset when they are gone");
        }
    }

    private static List<String> check(Host host, Deadline deadline) throws InterruptedException {
        matches("address", ADDRESS, host.address(), "must be a name or an address");
        matches("username", LOGIN, host.username(), "must be the name of a login");
        matches("authorized_keys", FILE, host.authorizedKeys(), "must be a path of letters, digits and _./@+- ");
        Sessions.check(host.endCommand());
        if (host.port() < 1 || host.port() > 65_535) {
            throw new Invalid("port", "must be 1 to 65535");
        }
        if (host.hostKey().isEmpty() == host.hostCa().isEmpty()) {
            throw new Invalid("host_key", "is required, or host_ca in its place: an unknown host is never trusted");
        }
        String trusted = host.hostKey().isEmpty() ? "host_ca" : "host_key";
        new PublicKeyReader(trusted).read(host.hostKey().isEmpty() ? host.hostCa() : host.hostKey());
        PrivateKeyText.read("private_key", host.privateKey(), host.passphrase());
        if (host.sftp() && !host.endCommand().isEmpty()) {
            throw new Invalid(
                    "end_command", "can't be run by a login that is used for SFTP alone: leave out sftp, or it");
        }
        return tried(host, deadline);
    }

    private static List<String> tried(Host host, Deadline deadline) throws InterruptedException {
        Optional<Trouble> trouble;
        try {
            trouble = KeyFile.of(host).probe(deadline);
        } catch (Unavailable | IOException e) {
            return List.of("stored, but it can't be logged in to now: " + e.getMessage());
        }
        if (trouble.filter(Trouble.NO_COMMANDS::equals).isPresent()) {
            throw new Invalid("username", Trouble.NO_COMMANDS.text());
        }
        return trouble.map(each -> List.of("stored, but its file can't be edited: " + each.text()))
                .orElse(List.of());
    }

    private static void matches(String field, Pattern form, String value, String problem) {
        if (!form.matcher(value).matches()) {
            throw new Invalid(field, problem);
        }
    }

    private Draft<LeasedLine, Authorized> draft(Request request, Wanted wanted) {
        Role role = roles.named(request.at("role"));
        if (!role.keyType().equals(Role.LINE)) {
            throw new Invalid("role", "isn't one of lines: its key_type is " + role.keyType());
        }
        if (!role.allows(wanted.host())) {
            throw new Invalid("host", "isn't one of the role's hosts");
        }
        Host host = hosts.find(wanted.host()).orElseThrow(() -> new Invalid("host", "there is none of that name"));
        SshPublicKey key = new PublicKeyReader("public_key").read(wanted.publicKey());
        KeyLengths.check("public_key", role.allowedUserKeyLengths(), key);
        Lifetime lifetime = request.lifetime(role.ttl(), role.maxTtl()).fixed();
        String mark = request.name(LONGEST_MARK);
        Function<Instant, String> line = end -> AuthorizedLine.of(key, role, end, mark);
        if (line.apply(lifetime.expiresAt()).getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE) {
            throw new Invalid(
                    "public_key", "makes a line of more than " + LONGEST_LINE + " bytes, with the role's options");
        }
        LeasedLine handle = new LeasedLine(wanted.host(), mark, host.place(), key.fingerprint(), host.sftp());
        return Draft.of(handle, lifetime, deadline -> {
            // Nothing keeps a line away that comes late by SFTP: it is past its end then.
            Instant end = host.sftp() ? deadline.at() : lifetime.expiresAt();
            KeyFile.of(host).append(line.apply(end), deadline);
            return new Authorized(host.address(), host.port(), host.username(), host.hostKey(), host.hostCa());
        });
    }

    private boolean isUnfenced(LeasedLine handle) {
        return handle.sftp() || hosts.find(handle.host()).filter(Host::sftp).isPresent();
    }

    private void lengthen(LeasedLine handle, Instant end, Deadline deadline) throws IOException, InterruptedException {
        if (handle.sftp()) {
            new SftpFile(at(handle)).lengthen(handle.mark(), end, deadline);
        }
    }

    private void revoke(LeasedLine handle, Deadline deadline) throws IOException, InterruptedException {
        takeAway(handle, deadline);
    }

    private boolean settle(LeasedLine handle, Instant mintDeadline, Deadline deadline)
            throws IOException, InterruptedException {
        return takeAway(handle, deadline).isAfter(mintDeadline) && !handle.sftp();
    }

    private Instant takeAway(LeasedLine handle, Deadline deadline) throws IOException, InterruptedException {
        Host host = at(handle);
        if (!host.sftp()) {
            sessions.end(host, handle, deadline);
        }
        return KeyFile.of(host).blank(handle.mark(), deadline);
    }

    private Host at(LeasedLine handle) {
        Host host = hosts.named(handle.host());
        if (!handle.place().isEmpty() && !handle.place().equals(host.place())) {
            // There it is absent, which must not be taken for gone.
            throw new Unavailable("the line is at " + handle.place() + ", and the host leads to " + host.place());
        }
        return host;
    }

    private List<String> marks(String name, Deadline deadline) throws IOException, InterruptedException {
        return KeyFile.of(hosts.named(name)).marks(deadline);
    }
}
