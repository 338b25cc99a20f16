package io.daypass.engine.ssh.role;

import io.daypass.engine.ssh.cert.CertificateType;
import io.daypass.plugin.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Critical options and extensions (PROTOCOL.certkeys): which there are, and which a role lets be asked for. */
public final class Options {
    /** The extension that lets who logs in have a terminal. */
    static final String PTY = "permit-pty";

    private static final String CRITICAL = "critical_options";
    private static final String EXTENSIONS = "extensions";

    private static final Set<String> FLAGS = Set.of(
            "permit-X11-forwarding",
            "permit-agent-forwarding",
            "permit-port-forwarding",
            PTY,
            "permit-user-rc",
            "no-touch-required");
    private static final Pattern OF_SOMEBODY = Pattern.compile("[A-Za-z0-9._-]{1,60}@[A-Za-z0-9.-]{1,60}");
    private static final int LONGEST_VALUE = 1_024;
    /** Of all together: sshd takes no login of more than 256 KiB, and clients read less. */
    private static final int MOST_BYTES = 16 * 1_024;

    private final Role role;
    private final Map<String, String> values;

    /** @param values of templates, by name */
    public Options(Role role, Map<String, String> values) {
        this.role = role;
        this.values = values;
    }

    /**
     * The critical options of a certificate: the role's, and what is asked for.
     *
     * @throws Invalid if one is asked for that the role doesn't allow, or that no sshd knows
     */
    public SortedMap<String, String> critical(CertificateType type, Map<String, String> wanted) {
        if (type == CertificateType.HOST) {
            return none(CRITICAL, wanted);
        }
        SortedMap<String, String> options = new TreeMap<>(role.defaultCriticalOptions());
        options.putAll(wanted);
        checkCritical(options);
        return options;
    }

    /** Refuses what the role doesn't allow: a default may be changed only if it is allowed, and never left out. */
    public void checkCritical(Map<String, String> options) {
        bounded(CRITICAL, options);
        List<String> allowed = Role.split(role.allowedCriticalOptions());
        options.forEach((name, value) -> {
            criticalOption(CRITICAL, name, value);
            if (!allowed.contains(name)
                    && !value.equals(role.defaultCriticalOptions().get(name))) {
                throw new Invalid(CRITICAL, name + " isn't allowed by the role");
            }
        });
        if (!options.keySet().containsAll(role.defaultCriticalOptions().keySet())) {
            throw new Invalid(CRITICAL, "lacks one that the role prescribes");
        }
    }

    /**
     * The extensions of a certificate: what is asked for, else the role's.
     *
     * @throws Invalid if one is asked for that the role doesn't allow, or that no sshd knows
     */
    public SortedMap<String, String> extensions(CertificateType type, Map<String, String> wanted) {
        if (type == CertificateType.HOST) {
            return none(EXTENSIONS, wanted);
        }
        SortedMap<String, String> extensions = new TreeMap<>(wanted.isEmpty() ? defaultExtensions() : wanted);
        checkExtensions(extensions);
        return extensions;
    }

    /** Refuses what the role doesn't allow. */
    public void checkExtensions(Map<String, String> extensions) {
        bounded(EXTENSIONS, extensions);
        List<String> allowed = Role.split(role.allowedExtensions());
        boolean any = role.allowedExtensions().strip().equals("*");
        Map<String, String> usual = defaultExtensions();
        extensions.forEach((name, value) -> {
            extension(EXTENSIONS, name, value);
            if (!any && !allowed.contains(name) && !value.equals(usual.get(name))) {
                throw new Invalid(EXTENSIONS, name + " isn't allowed by the role");
            }
        });
    }

    private Map<String, String> defaultExtensions() {
        if (!role.defaultExtensionsTemplate()) {
            return role.defaultExtensions();
        }
        Map<String, String> rendered = new TreeMap<>();
        role.defaultExtensions()
                .forEach((name, value) -> rendered.put(name, Template.render("default_extensions", value, values)));
        return rendered;
    }

    private static SortedMap<String, String> none(String field, Map<String, String> wanted) {
        if (!wanted.isEmpty()) {
            throw new Invalid(field, "there are none in certificates of hosts");
        }
        return new TreeMap<>();
    }

    /** Refuses a critical option that sshd doesn't know, since it refuses the whole certificate then. */
    static void criticalOption(String field, String name, String value) {
        switch (name) {
            case "force-command" -> {
                if (value.isBlank()) {
                    throw new Invalid(field, "force-command needs a command");
                }
            }
            case "source-address" -> sourceAddress(field, value);
            case "verify-required" -> flag(field, name, value);
            default ->
                throw new Invalid(
                        field,
                        "has an option that sshd doesn't know: there are force-command, source-address and"
                                + " verify-required");
        }
        text(field, name, value);
    }

    /** As strict as sshd, to which one empty or odd part makes the whole certificate void. */
    private static void sourceAddress(String field, String value) {
        for (String network : value.split(",", -1)) {
            if (network.isEmpty() || !network.equals(network.strip())) {
                throw new Invalid(field, "source-address needs networks with commas and no blanks between");
            }
            if (Cidr.of(field, network).isV4() && network.contains(":")) {
                throw new Invalid(field, "source-address needs addresses of IPv4 written as such");
            }
        }
    }

    /** Refuses an extension that is neither OpenSSH's nor, by an at sign, somebody's own. */
    static void extension(String field, String name, String value) {
        if (FLAGS.contains(name)) {
            flag(field, name, value);
        } else if (!OF_SOMEBODY.matcher(name).matches()) {
            throw new Invalid(
                    field,
                    "has one that there isn't: there are "
                            + String.join(", ", FLAGS.stream().sorted().toList())
                            + ", and anybody's own as name@domain");
        }
        text(field, name, value);
    }

    private static void flag(String field, String name, String value) {
        if (!value.isEmpty()) {
            throw new Invalid(field, name + " takes no value: write \"\"");
        }
    }

    /** Refuses more than a certificate should carry. */
    static void bounded(String field, Map<String, String> options) {
        int bytes = 0;
        for (Map.Entry<String, String> each : options.entrySet()) {
            bytes += each.getKey().length() + each.getValue().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                throw new Invalid(field, "must be at most " + MOST_BYTES + " bytes together");
            }
        }
    }

    private static void text(String field, String name, String value) {
        if (value.length() > LONGEST_VALUE || value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new Invalid(field, name + " must be at most " + LONGEST_VALUE + " characters on one line");
        }
    }
}
