package io.daypass.engine.ssh.host;

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
import io.daypass.plugin.Refused;
import io.daypass.plugin.Request;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines in {@code authorized_keys} of hosts without a CA, each a lease. */
public final class Lines {
    private static final int LONGEST_MARK = 60;
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:-]{1,253}");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_./@+ -]{1,512}");

    private final Table<Role> roles;
    private final Table<Host> hosts;
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

    private Lines(Mount mount, Table<Role> roles) {
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
    }

    /** Declares the hosts, the kind of lease and its path. */
    public static void declare(Mount mount, Table<Role> roles) {
        Lines lines = new Lines(mount, roles);
        lines.leases = mount.leases("line", LeasedLine.class, lines::revoke)
                .on(lines.hosts, LeasedLine::host)
                .settle(lines::settle)
                .list("orphans/{host}", LeasedLine::mark, lines::marks)
                .issue("authorize/{role}", Wanted.class, Authorized.class, lines::draft);
    }

    /** A line is looked for where its host leads to: elsewhere, absent would be taken for gone. */
    private void checkPlace(String name, Host host) {
        boolean moves = hosts.find(name)
                .filter(before -> !before.place().equals(host.place()))
                .isPresent();
        long live = moves && leases != null ? leases.live(name) : 0;
        if (live > 0) {
            throw new Invalid(
                    "address",
                    live
                            + " leases live there; address, port, username and authorized_keys can change when they are gone");
        }
    }

    private static List<String> check(Host host, Deadline deadline) throws IOException {
        matches("address", ADDRESS, host.address(), "must be a name or an address");
        matches("username", LOGIN, host.username(), "must be the name of a login");
        matches("authorized_keys", FILE, host.authorizedKeys(), "must be a path of letters, digits and _./@+- ");
        if (host.port() < 1 || host.port() > 65_535) {
            throw new Invalid("port", "must be 1 to 65535");
        }
        if (host.hostKey().isEmpty() == host.hostCa().isEmpty()) {
            throw new Invalid("host_key", "is required, or host_ca in its place: an unknown host is never trusted");
        }
        String trusted = host.hostKey().isEmpty() ? "host_ca" : "host_key";
        new PublicKeyReader(trusted).read(host.hostKey().isEmpty() ? host.hostCa() : host.hostKey());
        PrivateKeyText.read("private_key", host.privateKey(), host.passphrase());
        HostLogin.Ran ran;
        try {
            ran = HostLogin.run(host, Script.blank(host.authorizedKeys(), "daypass-tries-this", 5), deadline);
        } catch (Unavailable | IOException e) {
            return List.of("stored, but it can't be logged in to now: " + e.getMessage());
        }
        if (ran.status() == HostLogin.NO_COMMANDS) {
            throw new Invalid("username", problem(ran.status()));
        }
        return ran.status() == 0
                ? List.of()
                : List.of("stored, but its file can't be edited: " + problem(ran.status()));
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
        String line = AuthorizedLine.of(key, role, lifetime.expiresAt(), mark);
        return Draft.of(new LeasedLine(wanted.host(), mark, host.place()), lifetime, deadline -> {
            String script = Script.append(host.authorizedKeys(), line, deadline.at(), seconds(deadline));
            HostLogin.Ran ran = HostLogin.run(host, script, deadline);
            if (ran.status() != 0) {
                throw failed(ran.status());
            }
            return new Authorized(host.address(), host.port(), host.username(), host.hostKey(), host.hostCa());
        });
    }

    /** What was answered before the first byte was written is a "no" that will be said again; the rest is unknown. */
    private static RuntimeException failed(int status) {
        return switch (status) {
            case Script.LINK, Script.MISSING, Script.NO_FLOCK, Script.OTHERS -> new Refused(problem(status));
            default -> new Unavailable(problem(status));
        };
    }

    private static String problem(int status) {
        return switch (status) {
            case Script.LINK -> "authorized_keys is a link or no plain file there; name the file itself";
            case Script.MISSING -> "there is no such authorized_keys there; make it with its owner and mode, empty";
            case Script.LATE -> "the host's clock is past the deadline";
            case Script.REPLACED -> "authorized_keys is locked there, or was replaced meanwhile";
            case HostLogin.NO_COMMANDS ->
                "this login runs no commands: one that may use SFTP alone, or has a command forced on it, can't edit"
                        + " the file";
            case Script.OTHERS -> "authorized_keys belongs to somebody else there; log in as its owner";
            case Script.NO_FLOCK -> "there is no flock there (util-linux)";
            default -> "authorized_keys can't be written there (status " + status + ")";
        };
    }

    private void revoke(LeasedLine handle, Deadline deadline) throws IOException {
        blank(handle, deadline);
    }

    private boolean settle(LeasedLine handle, Instant mintDeadline, Deadline deadline) throws IOException {
        // Under the same lock as a mint, which compares the same clock: none that is late can land any more.
        return blank(handle, deadline).isAfter(mintDeadline);
    }

    private Instant blank(LeasedLine handle, Deadline deadline) throws IOException {
        Host host = hosts.named(handle.host());
        if (!handle.place().isEmpty() && !handle.place().equals(host.place())) {
            // There it is absent, which must not be taken for gone.
            throw new Unavailable("the line is at " + handle.place() + ", and the host leads to " + host.place());
        }
        String script = Script.blank(host.authorizedKeys(), handle.mark(), seconds(deadline));
        HostLogin.Ran ran = HostLogin.run(host, script, deadline);
        if (ran.status() != 0) {
            throw new Unavailable(problem(ran.status()));
        }
        try {
            return Instant.ofEpochSecond(Long.parseLong(ran.output()));
        } catch (NumberFormatException e) {
            throw new Unavailable("the host tells no time", e);
        }
    }

    private List<String> marks(String name, Deadline deadline) throws IOException {
        Host host = hosts.named(name);
        HostLogin.Ran ran = HostLogin.run(host, Script.marks(host.authorizedKeys()), deadline);
        if (ran.status() != 0) {
            throw new Unavailable(problem(ran.status()));
        }
        return ran.output().lines().map(String::strip).toList();
    }

    private static long seconds(Deadline deadline) {
        return Math.max(1, deadline.left().toSeconds() - 1);
    }
}
