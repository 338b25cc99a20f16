package io.daypass.engine.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Engine;
import io.daypass.testkit.Credential;
import io.daypass.testkit.EngineContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Certificates keep the contract, for keys made here and for those that are brought. One is good if the mount's CA signed
 * it and OpenSSH doesn't find it on the mount's revocation list.
 */
@ParameterizedClass
@ValueSource(strings = {"issue/dev", "sign/dev"})
class CertificateContractIT extends EngineContract {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:\\S+");

    private final String path;

    @TempDir
    private Path directory = Path.of("/");

    CertificateContractIT(String path) {
        this.path = path;
    }

    @BeforeEach
    void needsSshKeygen() {
        Programs.find("ssh-keygen");
    }

    @Override
    protected Class<? extends Engine> engine() {
        return SshEngine.class;
    }

    @Override
    protected Map<String, String> configuration() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("config/ca", "{}");
        entries.put("roles/dev", "{'key_type':'ca','allow_user_certificates':true,'default_user':'ann'}");
        return entries;
    }

    @Override
    protected String issuePath() {
        return path;
    }

    @Override
    protected String body() {
        return path.startsWith("sign") ? "{'public_key':'" + KEY + "'}" : "{}";
    }

    @Override
    protected Set<String> secretFields() {
        return Set.of("private_key");
    }

    @Override
    protected boolean works(Credential credential) throws IOException, InterruptedException {
        Path certificate = Files.writeString(directory.resolve("id-cert.pub"), credential.text("signed_key"));
        Path list = Files.write(directory.resolve("krl"), document("krl"));
        return signer(certificate).contains(authority()) && isUnlisted(list, certificate);
    }

    /** The fingerprint of the CA. */
    private String authority() throws IOException, InterruptedException {
        Path key = Files.write(directory.resolve("ca.pub"), document("public_key"));
        Matcher shown = FINGERPRINT.matcher(keygen("-l", "-f", key.toString()).good());
        assertTrue(shown.find());
        return shown.group();
    }

    private String signer(Path certificate) throws IOException, InterruptedException {
        return keygen("-L", "-f", certificate.toString()).good();
    }

    private boolean isUnlisted(Path list, Path certificate) throws IOException, InterruptedException {
        Programs.Result asked = keygen("-Q", "-f", list.toString(), certificate.toString());
        return asked.status() == 0 && !asked.output().contains("REVOKED");
    }

    private Programs.Result keygen(String... arguments) throws IOException, InterruptedException {
        return Programs.run(directory, "ssh-keygen", arguments);
    }
}
