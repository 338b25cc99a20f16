package io.daypass.engine.ssh.role;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is given out under a name: the entry at {@code roles/NAME}. */
public record Role(
        @Doc("ca: certificates; otp: one-time passwords; authorized_keys: lines on hosts without a CA")
        String keyType,

        @Doc("Whether it signs certificates of people") @Default("false")
        boolean allowUserCertificates,

        @Doc("Whether it signs certificates of hosts") @Default("false")
        boolean allowHostCertificates,

        @Doc("Users that may be asked for besides default_user, with commas between; *: any") @Default("")
        String allowedUsers,

        @Doc("Whether {{token_display_name}} in allowed_users is replaced") @Default("false")
        boolean allowedUsersTemplate,

        @Doc("The user where none is asked for") @Default("")
        String defaultUser,

        @Doc("Whether {{token_display_name}} in default_user is replaced") @Default("false")
        boolean defaultUserTemplate,

        @Doc("Domains of hosts, with commas between; *: any") @Default("")
        String allowedDomains,

        @Doc("Whether the allowed domains themselves are names of hosts") @Default("false")
        boolean allowBareDomains,

        @Doc("Whether names below the allowed domains are names of hosts") @Default("false")
        boolean allowSubdomains,

        @Doc("Critical options that may be asked for, with commas between; empty: none") @Default("")
        String allowedCriticalOptions,

        @Doc("Extensions that may be asked for besides the default ones, with commas between; *: any; empty: none")
        @Default("")
        String allowedExtensions,

        @Doc("Critical options of every certificate, whatever is asked for; one that is also allowed may be changed")
        Map<String, String> defaultCriticalOptions,

        @Doc("Extensions where none are asked for") Map<String, String> defaultExtensions,

        @Doc("Whether {{token_display_name}} in the values of default_extensions is replaced") @Default("false")
        boolean defaultExtensionsTemplate,

        @Doc("Whether a key id may be asked for") @Default("false")
        boolean allowUserKeyIds,

        @Doc("What sshd logs, of {{token_display_name}}, {{role_name}} and {{public_key_hash}}")
        @Default("daypass-{{token_display_name}}-{{public_key_hash}}")
        String keyIdFormat,

        @Doc("Kinds of keys and their lengths, such as rsa: [3072, 4096], ed25519: 0; 0: any; left out: all kinds")
        Map<String, List<Integer>> allowedUserKeyLengths,

        @Doc("How an RSA CA signs: default, rsa-sha2-256 or rsa-sha2-512") @Default("default")
        String algorithmSigner,

        @Doc("Life of what is given out; 0: the mount's") @Default("0s")
        Duration ttl,

        @Doc("Longest life that may be asked for; 0: the mount's") @Default("0s")
        Duration maxTtl,

        @Doc("How long before now a certificate begins, for hosts whose clocks are late") @Default("30s")
        Duration notBeforeDuration,

        @Doc("Addresses of hosts that one-time passwords are for, with commas between") @Default("")
        String cidrList,

        @Doc("Addresses left out of these, with commas between") @Default("")
        String excludeCidrList,

        @Doc("The port of sshd, told along with a one-time password") @Default("22")
        int port,

        @Doc("Hosts whose authorized_keys a line may be put into, with commas between; *: any") @Default("")
        String hosts) {
    /** The kinds of roles. */
    public static final String CA = "ca";

    /** A role of one-time passwords. */
    public static final String OTP = "otp";

    /** A role of lines in {@code authorized_keys}. */
    public static final String LINE = "authorized_keys";

    /** Whether a line may be put on that host. */
    public boolean allows(String host) {
        return hosts.strip().equals("*") || split(hosts).contains(host);
    }

    /** What stands between commas, without blanks around it. */
    public static List<String> split(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
