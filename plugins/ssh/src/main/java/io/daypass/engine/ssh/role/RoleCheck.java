package io.daypass.engine.ssh.role;

import io.daypass.engine.ssh.ca.SignatureAlgorithm;
import io.daypass.engine.ssh.key.KeyKind;
import io.daypass.plugin.Invalid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks a role as it is written, so that what is wrong with it is heard by its author. */
public final class RoleCheck {
    private static final Duration LONGEST_BEFORE = Duration.ofDays(1);
    private static final Map<String, String> ANYBODY = Map.of("token_display_name", "anybody");
    private static final Map<String, String> ANY_KEY =
            Map.of("token_display_name", "anybody", "role_name", "role", "public_key_hash", "0".repeat(64));

    private RoleCheck() {}

    /**
     * @return warnings for its author
     * @throws Invalid naming the field
     */
    public static List<String> check(Role role) {
        switch (role.keyType()) {
            case Role.CA -> {}
            case Role.LINE -> {
                if (role.hosts().isBlank()) {
                    throw new Invalid("hosts", "is required for lines of authorized_keys");
                }
            }
            case Role.OTP -> oneTime(role);
            default -> throw new Invalid("key_type", "must be ca, otp or authorized_keys");
        }
        if (!role.maxTtl().isZero() && role.ttl().compareTo(role.maxTtl()) > 0) {
            throw new Invalid("ttl", "must not be longer than max_ttl");
        }
        if (role.notBeforeDuration().compareTo(LONGEST_BEFORE) > 0) {
            throw new Invalid("not_before_duration", "must be at most 24h");
        }
        if (role.port() < 1 || role.port() > 65_535) {
            throw new Invalid("port", "must be 1 to 65535");
        }
        users(role);
        domains(role);
        options(role);
        KeyLengths.check(role.allowedUserKeyLengths());
        SignatureAlgorithm.of(KeyKind.RSA, role.algorithmSigner());
        Names.keyId("key_id_format", Template.render("key_id_format", role.keyIdFormat(), ANY_KEY));
        return warnings(role);
    }

    private static void oneTime(Role role) {
        if (role.defaultUser().isEmpty() && role.allowedUsers().isEmpty()) {
            throw new Invalid("default_user", "is required for one-time passwords, or allowed_users");
        }
        Cidr.list("cidr_list", role.cidrList());
        Cidr.list("exclude_cidr_list", role.excludeCidrList());
    }

    private static void users(Role role) {
        if (!role.defaultUser().isEmpty()) {
            Names.user("default_user", new Principals(role, ANYBODY).defaultUser());
        }
        if (role.allowedUsers().strip().equals("*")) {
            return;
        }
        for (String user : Role.split(role.allowedUsers())) {
            Names.user(
                    "allowed_users",
                    role.allowedUsersTemplate() ? Template.render("allowed_users", user, ANYBODY) : user);
        }
    }

    private static void domains(Role role) {
        if (role.allowedDomains().strip().equals("*")) {
            return;
        }
        for (String domain : Role.split(role.allowedDomains())) {
            Names.host("allowed_domains", domain);
        }
    }

    private static void options(Role role) {
        Options.bounded("default_critical_options", role.defaultCriticalOptions());
        Options.bounded("default_extensions", role.defaultExtensions());
        role.defaultCriticalOptions()
                .forEach((name, value) -> Options.criticalOption("default_critical_options", name, value));
        role.defaultExtensions().forEach((name, value) -> Options.extension("default_extensions", name, value));
        if (role.defaultExtensionsTemplate()) {
            role.defaultExtensions().values().forEach(value -> Template.render("default_extensions", value, ANYBODY));
        }
    }

    private static List<String> warnings(Role role) {
        List<String> warnings = new ArrayList<>();
        boolean ca = role.keyType().equals(Role.CA);
        if (ca && !role.allowUserCertificates() && !role.allowHostCertificates()) {
            warnings.add("it signs nothing: set allow_user_certificates or allow_host_certificates");
        }
        if (ca && role.allowHostCertificates() && !role.allowedDomains().strip().equals("*")) {
            if (role.allowedDomains().isBlank() || (!role.allowBareDomains() && !role.allowSubdomains())) {
                warnings.add("it signs for no host: set allowed_domains, and allow_bare_domains or allow_subdomains");
            }
        }
        if (ca && role.allowUserCertificates() && role.allowedUsers().strip().equals("*")) {
            warnings.add("allowed_users is *: whoever may use this role may log in as root");
        }
        boolean line = role.keyType().equals(Role.LINE);
        if ((line || (ca && role.allowUserCertificates())) && isWithoutTerminal(role)) {
            warnings.add(
                    "default_extensions has no permit-pty: sshd gives no terminal to whoever logs in by this role");
        }
        return warnings;
    }

    /** Where one command is all that may be run, or permit-pty may be asked for, its absence is most likely meant. */
    private static boolean isWithoutTerminal(Role role) {
        String allowed = role.allowedExtensions();
        return !role.defaultExtensions().containsKey(Options.PTY)
                && !role.defaultCriticalOptions().containsKey("force-command")
                && !allowed.strip().equals("*")
                && !Role.split(allowed).contains(Options.PTY);
    }
}
