package io.daypass.engine.ssh.role;

import io.daypass.engine.ssh.cert.CertificateReader;
import io.daypass.engine.ssh.cert.CertificateType;
import io.daypass.plugin.Invalid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Who a certificate may be for by its role, and for a caller of this name. */
public final class Principals {
    private static final String FIELD = "valid_principals";
    private static final String ANY = "*";

    private final Role role;
    private final Map<String, String> values;

    /** @param values of templates, by name */
    public Principals(Role role, Map<String, String> values) {
        this.role = role;
        this.values = values;
    }

    /**
     * Who is asked for, or the role's default.
     *
     * @param wanted with commas between; empty: the default
     * @return at least one, each once, all allowed
     * @throws Invalid if there is none, or one that the role doesn't allow
     */
    public List<String> of(CertificateType type, String wanted) {
        List<String> asked = wanted.isEmpty() ? usual(type) : asked(wanted);
        if (asked.isEmpty()) {
            throw new Invalid(
                    FIELD,
                    type == CertificateType.USER
                            ? "is required: the role has no default_user, and without a principal it would be anybody's"
                            : "is required: without a name it would be any host's");
        }
        check(type, asked);
        return asked;
    }

    /** Refuses whoever the role doesn't allow. */
    public void check(CertificateType type, List<String> principals) {
        if (principals.isEmpty() || principals.size() > CertificateReader.MOST_PRINCIPALS) {
            throw new Invalid(FIELD, "must be 1 to " + CertificateReader.MOST_PRINCIPALS);
        }
        principals.forEach(type == CertificateType.USER ? this::checkUser : this::checkHost);
    }

    /** Refuses a user whom the role doesn't allow, in any of its fields. */
    public void user(String field, String name) {
        Names.user(field, name);
        if (!isUserAllowed(name)) {
            throw new Invalid(field, "has a user that the role doesn't allow");
        }
    }

    /** The role's default user; empty if it has none. */
    public String defaultUser() {
        return role.defaultUserTemplate()
                ? Template.render("default_user", role.defaultUser(), values)
                : role.defaultUser();
    }

    private List<String> usual(CertificateType type) {
        String user = type == CertificateType.USER ? defaultUser() : "";
        return user.isEmpty() ? List.of() : List.of(user);
    }

    private static List<String> asked(String wanted) {
        if (wanted.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new Invalid(FIELD, "must not hold control characters");
        }
        return new ArrayList<>(new LinkedHashSet<>(Role.split(wanted)));
    }

    private void checkUser(String name) {
        user(FIELD, name);
    }

    private boolean isUserAllowed(String name) {
        // A star is heeded where the role's author wrote it, never where a caller is called so.
        if (role.allowedUsers().strip().equals(ANY) || name.equals(defaultUser())) {
            return true;
        }
        return Role.split(role.allowedUsers()).stream()
                .map(each -> role.allowedUsersTemplate() ? Template.render("allowed_users", each, values) : each)
                .anyMatch(name::equals);
    }

    private void checkHost(String name) {
        Names.host(FIELD, name);
        if (!isHostAllowed(name)) {
            throw new Invalid(FIELD, "has a host outside of the domains that the role allows");
        }
    }

    private boolean isHostAllowed(String name) {
        if (role.allowedDomains().strip().equals(ANY)) {
            return true;
        }
        return Role.split(role.allowedDomains()).stream()
                .anyMatch(domain -> (role.allowBareDomains() && name.equals(domain))
                        || (role.allowSubdomains() && isBelow(name, domain)));
    }

    /** Nothing lies below an address, nor an address below a domain that is called like its end. */
    private static boolean isBelow(String name, String domain) {
        return name.endsWith("." + domain) && !Cidr.isAddress(name) && !Cidr.isAddress(domain);
    }
}
