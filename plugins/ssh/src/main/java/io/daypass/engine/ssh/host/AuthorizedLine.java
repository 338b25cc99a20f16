package io.daypass.engine.ssh.host;

import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.role.Role;
import io.daypass.plugin.Invalid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of {@code authorized_keys} (sshd(8)): it ends by itself, grants what the role says, and bears a mark. */
final class AuthorizedLine {
    /** In UTC, as OpenSSH reads it from 9.1 on; an older one refuses the line. */
    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Map<String, String> GRANTS = Map.of(
            "permit-pty", "pty",
            "permit-agent-forwarding", "agent-forwarding",
            "permit-port-forwarding", "port-forwarding",
            "permit-X11-forwarding", "X11-forwarding",
            "permit-user-rc", "user-rc");

    private AuthorizedLine() {}

    /**
     * @param mark no other line has it
     * @return without line end
     */
    static String of(SshPublicKey key, Role role, Instant expiresAt, String mark) {
        StringBuilder options = new StringBuilder("restrict,expiry-time=\"" + expiry(expiresAt) + "\"");
        role.defaultExtensions().keySet().stream()
                .sorted()
                .filter(GRANTS::containsKey)
                .forEach(name -> options.append(',').append(GRANTS.get(name)));
        if (role.defaultCriticalOptions().containsKey("verify-required")) {
            options.append(",verify-required");
        }
        option(options, "command", role.defaultCriticalOptions().get("force-command"));
        option(options, "from", role.defaultCriticalOptions().get("source-address"));
        return options + " " + key.line() + " " + mark;
    }

    /** The end of a line, always as long as this. */
    static String expiry(Instant expiresAt) {
        return EXPIRY.format(expiresAt);
    }

    private static void option(StringBuilder options, String name, @Nullable String value) {
        if (value != null && value.endsWith("\\")) {
            // sshd takes a backslash before a quote for that quote's escape, and has no other one.
            throw new Invalid("default_critical_options", "a value for authorized_keys must not end with a backslash");
        }
        if (value != null) {
            options.append(',')
                    .append(name)
                    .append("=\"")
                    .append(value.replace("\"", "\\\""))
                    .append('"');
        }
    }
}
