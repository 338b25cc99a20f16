package io.daypass.engine.ssh.otp;

import io.daypass.engine.ssh.role.Cidr;
import io.daypass.engine.ssh.role.Principals;
import io.daypass.engine.ssh.role.Role;
import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Request;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords that log in once, on one host, as one user. The host asks {@code verify}, which tells one caller only that it is
 * right, and ends it. Kept is a hash of 160 random bits; the number in front says where.
 */
public final class OneTimePasswords {
    private static final int RANDOM_BYTES = 20;
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,13})-([0-9a-f]{40})");
    private static final int RADIX = 36;

    /** What {@code vault-ssh-helper -verify-only} sends, and hears. */
    private static final String ECHO = "verify-echo-request";

    private static final String ECHOED = "verify-echo-response";

    private final Table<Role> roles;
    private final Table<ZeroAddress> zeroAddress;
    private final Leases<OneTimePassword> leases;

    /** Roles whose passwords are for any address. */
    record ZeroAddress(
            @Doc("Roles of one-time passwords that any address may be named for")
            List<String> roles) {
        boolean holds(String role) {
            return roles.stream().flatMap(each -> Role.split(each).stream()).anyMatch(role::equals);
        }
    }

    /** The parameters of {@code creds}. */
    record Wanted(
            @Doc("The address of the host") String ip,

            @Doc("Left out: the role's default_user") @Default("")
            String username) {}

    /** The answer of {@code creds}. */
    record Given(
            @Doc("The password") Secret key,
            @Doc("otp") String keyType,
            @Doc("The address of the host") String ip,
            @Doc("Who may log in") String username,
            @Doc("The port of sshd") int port) {}

    /** The parameters of {@code verify}. */
    record Tried(@Doc("The password") Secret otp) {}

    /** The answer of {@code verify}. */
    record Verified(
            @Doc("The address of the host that it is for") String ip,
            @Doc("Who may log in") String username,
            @Doc("By which role it was given out") String roleName,
            @Doc("Said to a helper that only tries the way") Optional<String> message) {}

    /** The parameters of {@code lookup}. */
    record Sought(@Doc("The address of a host") String ip) {}

    /** The answer of {@code lookup}. */
    record Found(@Doc("Roles that give passwords for it") List<String> roles) {}

    private OneTimePasswords(Mount mount, Table<Role> roles) {
        this.roles = roles;
        zeroAddress =
                mount.collection("config/zeroaddress", ZeroAddress.class, (name, entry, deadline) -> check(entry));
        leases = mount.leases("otp", OneTimePassword.class).withoutEffect();
    }

    /** Declares the kind of lease and its paths. */
    public static void declare(Mount mount, Table<Role> roles) {
        OneTimePasswords passwords = new OneTimePasswords(mount, roles);
        passwords.leases.issue("creds/{role}", Wanted.class, Given.class, passwords::draft);
        mount.action("verify", Tried.class, Verified.class, (call, tried, deadline) -> passwords.verify(tried))
                .open();
        mount.action("lookup", Sought.class, Found.class, (call, sought, deadline) -> passwords.lookup(sought));
    }

    private List<String> check(ZeroAddress entry) {
        for (String name : entry.roles().stream()
                .flatMap(each -> Role.split(each).stream())
                .toList()) {
            if (roles.find(name).filter(role -> role.keyType().equals(Role.OTP)).isEmpty()) {
                throw new Invalid("roles", "names one that isn't a role of one-time passwords");
            }
        }
        return List.of();
    }

    private Draft<OneTimePassword, Given> draft(Request request, Wanted wanted) {
        String name = request.at("role");
        Role role = roles.named(name);
        if (!role.keyType().equals(Role.OTP)) {
            throw new Invalid("role", "isn't one of one-time passwords: its key_type is " + role.keyType());
        }
        InetAddress address = Cidr.address("ip", wanted.ip());
        if (!covers(name, role, address)) {
            throw new Invalid("ip", "isn't in the role's cidr_list, or is in its exclude_cidr_list");
        }
        Principals users = new Principals(role, Map.of("token_display_name", request.displayName()));
        String user = wanted.username().isEmpty() ? users.defaultUser() : wanted.username();
        if (user.isEmpty()) {
            throw new Invalid("username", "is required: the role has no default_user");
        }
        users.user("username", user);
        String text = Long.toString(request.leaseNumber(), RADIX) + "-"
                + HexFormat.of().formatHex(request.random(RANDOM_BYTES));
        String ip = address.getHostAddress();
        return Draft.of(
                new OneTimePassword(hash(text), user, ip, name),
                request.lifetime(role.ttl(), role.maxTtl()).fixed(),
                deadline -> new Given(Secret.of(text), Role.OTP, ip, user, role.port()));
    }

    private boolean covers(String name, Role role, InetAddress address) {
        boolean any = zeroAddress.find("").filter(entry -> entry.holds(name)).isPresent();
        boolean in = any || Cidr.list("cidr_list", role.cidrList()).stream().anyMatch(each -> each.holds(address));
        return in
                && Cidr.list("exclude_cidr_list", role.excludeCidrList()).stream()
                        .noneMatch(each -> each.holds(address));
    }

    private Verified verify(Tried tried) {
        String text = tried.otp().reveal().strip();
        if (text.equals(ECHO)) {
            return new Verified("", "", "", Optional.of(ECHOED));
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw unknown();
        }
        long number = number(form.group(1));
        OneTimePassword found = leases.find(number).orElseThrow(OneTimePasswords::unknown);
        boolean right = MessageDigest.isEqual(ascii(found.hash()), ascii(hash(text)));
        if (!right || !leases.spend(number)) {
            throw unknown();
        }
        return new Verified(found.ip(), found.username(), found.role(), Optional.empty());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text, RADIX);
        } catch (NumberFormatException e) {
            throw unknown();
        }
    }

    /** The same words whatever was wrong. */
    private static Invalid unknown() {
        return new Invalid("otp", "OTP not found");
    }

    private Found lookup(Sought sought) {
        InetAddress address = Cidr.address("ip", sought.ip());
        return new Found(roles.all().entrySet().stream()
                .filter(each -> each.getValue().keyType().equals(Role.OTP))
                .filter(each -> covers(each.getKey(), each.getValue(), address))
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ascii(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
