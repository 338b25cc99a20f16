package io.daypass.engine.hmac;

import io.daypass.plugin.Doc;
import io.daypass.plugin.Secret;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What goes in and out over HTTP. */
final class Answers {
    private Answers() {}

    /** What a holder signs with. */
    record Credentials(String keyId, Secret key, String algorithm, Instant notBefore, Instant expiresAt) {
        static Credentials of(Key key, Instant until) {
            return new Credentials(key.id(), key.key(), name(key), key.notBefore(), until);
        }
    }

    /** A key as a verifier gets it: a JSON Web Key (RFC 7517) of type {@code oct}, and when it is good for what. */
    record Jwk(
            String kty,
            String kid,
            String alg,
            String use,
            Secret k,
            boolean shared,
            Instant notBefore,
            Instant expiresAt,
            Instant verifyUntil) {
        static Jwk of(Key key, boolean shared) {
            String k = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(key.key().revealBase64());
            return new Jwk(
                    "oct",
                    key.id(),
                    key.algorithm().jwa(),
                    "sig",
                    Secret.of(k),
                    shared,
                    key.notBefore(),
                    key.signsUntil(),
                    key.verifiesUntil());
        }
    }

    /** All keys that a verifier must accept. */
    record Keyset(List<Jwk> keys, long sessionTtl) {}

    /** A key without itself. */
    record Shown(
            String keyId,
            String algorithm,
            String state,
            boolean shared,
            Instant notBefore,
            Instant expiresAt,
            Instant verifyUntil) {
        static Shown of(Key key, boolean shared, Instant now) {
            return new Shown(
                    key.id(),
                    name(key),
                    key.state(now).name().toLowerCase(Locale.ROOT),
                    shared,
                    key.notBefore(),
                    key.signsUntil(),
                    key.verifiesUntil());
        }
    }

    /** All keys, for people. */
    record Listed(List<Shown> keys) {}

    /** Something to sign. */
    record ToSign(
            @Doc("What to sign, in base64") Secret input,

            @Doc("The key; the current one of a role with shared keys if it is not set")
            Optional<String> keyId) {}

    /** What was signed. */
    record Signed(String hmac, String keyId, String algorithm) {}

    /** Something to check. */
    record ToVerify(
            @Doc("What was signed, in base64") Secret input,
            @Doc("The code, in base64") Secret hmac,

            @Doc("The key; any of the role's if it is not set")
            Optional<String> keyId) {}

    /** Whether it is what it says. */
    record Verified(boolean valid) {}

    /** How to rotate. */
    record ToRotate(
            @Doc("A key to be thrown out at once, with all that it signed; no key if it is not set")
            Optional<String> retire) {}

    /** What signs now. */
    record Rotated(String keyId, Instant notBefore, Instant expiresAt) {}

    static String name(Key key) {
        return key.algorithm().name().toLowerCase(Locale.ROOT);
    }
}
