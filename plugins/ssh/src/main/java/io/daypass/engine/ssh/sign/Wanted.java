package io.daypass.engine.ssh.sign;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import java.util.Map;

/** What is asked of a certificate, whoever made the key. */
record Wanted(
        String certType,
        String validPrincipals,
        String keyId,
        Map<String, String> criticalOptions,
        Map<String, String> extensions) {
    /** The parameters of {@code sign}. */
    record Sign(
            @Doc("The key, as in a .pub file") String publicKey,

            @Doc("user or host") @Default("user") String certType,

            @Doc("Users or hosts, with commas between; empty: the role's default_user") @Default("")
            String validPrincipals,

            @Doc("What sshd logs, where the role lets it be asked for") @Default("")
            String keyId,

            @Doc("Besides the role's") Map<String, String> criticalOptions,
            @Doc("In place of the role's") Map<String, String> extensions) {
        Wanted wanted() {
            return new Wanted(certType, validPrincipals, keyId, criticalOptions, extensions);
        }
    }

    /** The parameters of {@code issue}. */
    record Issue(
            @Doc("ed25519 or ecdsa") @Default("ed25519") String keyType,

            @Doc("ecdsa 256, 384, 521; 0: the usual") @Default("0")
            int keyBits,

            @Doc("user or host") @Default("user") String certType,

            @Doc("Users or hosts, with commas between; empty: the role's default_user") @Default("")
            String validPrincipals,

            @Doc("What sshd logs, where the role lets it be asked for") @Default("")
            String keyId,

            @Doc("Besides the role's") Map<String, String> criticalOptions,
            @Doc("In place of the role's") Map<String, String> extensions) {
        Wanted wanted() {
            return new Wanted(certType, validPrincipals, keyId, criticalOptions, extensions);
        }
    }
}
