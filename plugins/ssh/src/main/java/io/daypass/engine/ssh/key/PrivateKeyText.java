package io.daypass.engine.ssh.key;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Private keys as text between {@code BEGIN} and {@code END}: OpenSSH's format, PKCS#8 (RFC 5958), and PEM of old OpenSSL. */
public final class PrivateKeyText {
    /** The longest text taken. */
    static final int LONGEST = 32 * 1_024;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String PARAMETERS = "EC PARAMETERS";

    private record Block(String label, Map<String, String> headers, Secret der) {
        byte[] bytes() {
            return der.revealBase64();
        }
    }

    private PrivateKeyText() {}

    /**
     * Reads a private key.
     *
     * @param field named in every error
     * @param text one block
     * @param passphrase empty if there is none
     * @throws Invalid if it can't be read, or isn't Ed25519, ECDSA over P-256, P-384 or P-521, or RSA of 2,048 to 16,384 bits
     */
    public static SshKeyPair read(String field, Secret text, Secret passphrase) {
        Block block = block(field, text.reveal());
        return switch (block.label()) {
            case OpenSshPrivateKey.LABEL -> OpenSshPrivateKey.read(field, block.bytes(), passphrase);
            case "PRIVATE KEY" -> Asn1PrivateKey.pkcs8(field, block.bytes());
            case "ENCRYPTED PRIVATE KEY" ->
                Asn1PrivateKey.pkcs8(field, Pbes2.open(field, block.bytes(), required(passphrase)));
            case "RSA PRIVATE KEY" -> Asn1PrivateKey.rsa(field, opened(field, block, passphrase));
            case "EC PRIVATE KEY" -> Asn1PrivateKey.ec(field, opened(field, block, passphrase));
            case "DSA PRIVATE KEY" -> throw new Invalid(field, "is a DSA key, which sshd refuses");
            default ->
                throw new Invalid(
                        field,
                        "must be an OPENSSH PRIVATE KEY, a PRIVATE KEY (PKCS#8), an RSA PRIVATE KEY or an EC PRIVATE KEY");
        };
    }

    /**
     * Writes a pair in OpenSSH's format, not encrypted.
     *
     * @param check any number; it stands twice in front of the key
     * @param comment one line
     */
    public static Secret write(SshKeyPair pair, int check, String comment) {
        return OpenSshPrivateKey.write(pair, check, comment);
    }

    private static byte[] opened(String field, Block block, Secret passphrase) {
        String dek = block.headers().get("DEK-Info");
        return dek == null ? block.bytes() : OldPem.open(field, block.bytes(), dek, required(passphrase));
    }

    private static Secret required(Secret passphrase) {
        if (passphrase.isEmpty()) {
            throw new Invalid("passphrase", "is required: the private key is encrypted");
        }
        return passphrase;
    }

    private static Block block(String field, String text) {
        if (text.length() > LONGEST) {
            throw new Invalid(field, "is of more than " + LONGEST + " characters");
        }
        List<String> lines =
                withoutParameters(text.strip().lines().map(String::strip).toList());
        String first = lines.isEmpty() ? "" : lines.get(0);
        if (!first.startsWith(BEGIN) || !first.endsWith(DASHES) || first.length() <= BEGIN.length() + DASHES.length()) {
            throw new Invalid(field, "must begin with a line -----BEGIN ... PRIVATE KEY-----");
        }
        String label = first.substring(BEGIN.length(), first.length() - DASHES.length());
        if (!lines.get(lines.size() - 1).equals(END + label + DASHES)) {
            throw new Invalid(field, "must be one block that ends with its -----END line");
        }
        List<String> inside = lines.subList(1, lines.size() - 1);
        Map<String, String> headers = headers(inside);
        String base64 = String.join("", inside.subList(headers.size(), inside.size()));
        try {
            return new Block(label, headers, Secret.base64(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            throw new Invalid(field, "is no base64 between its -----BEGIN and -----END lines");
        }
    }

    /** openssl ecparam writes the name of the curve in front, which the key says again. */
    private static List<String> withoutParameters(List<String> lines) {
        int end = lines.indexOf(END + PARAMETERS + DASHES);
        boolean has = end >= 0 && lines.get(0).equals(BEGIN + PARAMETERS + DASHES);
        return has ? lines.subList(end + 1, lines.size()) : lines;
    }

    private static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                break;
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }
}
