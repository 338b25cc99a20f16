package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.embedded.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The HMAC engine over HTTP, in a broker as it is assembled. When the broker is closed, what it wrote is searched for keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HmacIT {
    private static final byte[] INPUT = "a session".getBytes(StandardCharsets.UTF_8);

    private RunningBroker broker;
    private Api root;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        broker = RunningBroker.start(directory, config -> config);
        root = broker.root();
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private HmacMount mount(Map<String, ?> role) {
        return HmacMount.of(root, role);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Answer creds(HmacMount mount) {
        Answer creds = mount.creds();
        broker.secrets().add(creds.data("key"));
        return creds;
    }

    private Answer sign(HmacMount mount, String keyId) {
        return root.write(mount.path() + "/sign/web", Map.of("input", base64(INPUT), "key_id", keyId));
    }

    private boolean valid(HmacMount mount, Map<String, ?> asked) {
        return root.write(mount.path() + "/verify/web", asked)
                .ok()
                .data()
                .path("valid")
                .asBoolean();
    }

    @Test
    void creds_areAKeyOfTheirOwn_thatVerifiersLearnAtOnce() {
        HmacMount mount = mount(Map.of("algorithm", "sha384", "ttl", "10m", "session_ttl", "1h"));
        Answer creds = creds(mount);
        JsonNode key = Objects.requireNonNull(mount.keys().get(creds.data("key_id")));
        assertArrayEquals(
                Base64.getDecoder().decode(creds.data("key")),
                Base64.getUrlDecoder().decode(key.path("k").asText()));
        assertEquals("oct", key.path("kty").asText());
        assertEquals("HS384", key.path("alg").asText());
        assertEquals("sha384", creds.data("algorithm"));
        assertEquals(48, Base64.getDecoder().decode(creds.data("key")).length);
        assertTrue(creds.leaseSeconds() <= 600 && creds.leaseSeconds() > 590, () -> "" + creds.leaseSeconds());
        assertFalse(creds.data("key_id").equals(creds(mount).data("key_id")));
        assertEquals(List.of("current", "current"), mount.states());
    }

    @Test
    void keyset_isSentOnceToWhoeverHasIt() {
        HmacMount mount = mount(Map.of());
        creds(mount);
        Answer first = mount.keyset();
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertEquals('"' + first.data("version") + '"', tag);
        Map<String, Integer> statuses =
                Map.of(tag, 304, "W/" + tag, 304, "\"other\", " + tag, 304, "*", 304, "\"other\"", 200);
        statuses.forEach((has, status) -> assertEquals(
                status,
                root.send(root.request(mount.path() + "/keyset/web")
                                .header("If-None-Match", has)
                                .GET())
                        .status(),
                has));
        assertEquals(403, root.as("").read(mount.path() + "/keyset/web").status());
        assertEquals(404, root.read(mount.path() + "/keyset/none").status());
    }

    @Test
    void revoked_isGoneFromTheKeysetWhenTheAnswerComes_alone() {
        HmacMount mount = mount(Map.of());
        Answer one = creds(mount);
        Answer other = creds(mount);
        String code = sign(mount, one.data("key_id")).ok().data("hmac");
        Map<String, String> asked = Map.of("input", base64(INPUT), "hmac", code);
        assertTrue(valid(mount, asked));
        assertEquals(204, mount.revoke(one).status());
        assertEquals(Set.of(other.data("key_id")), mount.keys().keySet());
        assertFalse(valid(mount, asked));
        assertEquals(400, sign(mount, one.data("key_id")).status());
    }

    @Test
    void sharedKey_isRetiredForAll_whenOneOfItsLeasesIsRevoked_andTheAnswerSaysSo() {
        HmacMount mount = mount(Map.of("keys", "shared"));
        Answer one = creds(mount);
        Answer other = creds(mount);
        assertEquals(one.data("key"), other.data("key"));
        assertEquals(List.of("current", "next"), mount.states());
        Answer revoked = mount.revoke(one);
        assertTrue(revoked.isOk() && revoked.warnings().contains("retired for all"), revoked.warnings());
        assertFalse(mount.keys().containsKey(one.data("key_id")));
        assertFalse(creds(mount).data("key_id").equals(one.data("key_id")));
        assertEquals(List.of("current", "next"), mount.states());
    }

    @Test
    void sharedKey_staysWhenAHolderLogsOut() {
        HmacMount mount = mount(Map.of("keys", "shared"));
        broker.policy("app", "path \"" + mount.path() + "/creds/web\" { capabilities = [\"read\"] }");
        Api app = broker.with("app");
        Answer creds = app.read(mount.path() + "/creds/web").ok();
        broker.secrets().add(creds.data("key"));
        app.write("auth/token/revoke-self", Map.of()).ok();
        assertTrue(mount.keys().containsKey(creds.data("key_id")));
    }

    /** What one says that has expired, the store's contract tests: here it would be two minutes late at the least. */
    @Test
    void event_saysThatAKeyWasRevoked_orRetiredForAll() {
        HmacMount own = mount(Map.of());
        HmacMount shared = mount(Map.of("keys", "shared"));
        String retired = creds(shared).data("key_id");
        try (Events events = new Events(root, 0)) {
            creds(own);
            own.revoke(creds(own));
            shared.rotate(Map.of("retire", retired));
            Await.until(
                    Duration.ofSeconds(20),
                    () -> "events: " + events.received(),
                    () -> details(events, "lease.ending", own).equals(List.of("revoked"))
                            && details(events, "lease.ended", own).equals(List.of(""))
                            && details(events, "mount.noted", shared).stream()
                                    .anyMatch(said -> said.contains(retired) && said.contains("is retired")));
        }
    }

    /** In the order in which they came. */
    private static List<String> details(Events events, String type, HmacMount mount) {
        return events.received().stream()
                .filter(event -> event.path("type").asText().equals(type))
                .filter(event -> event.path("path").asText().startsWith(mount.path() + "/"))
                .map(event -> event.path("detail").asText())
                .toList();
    }

    @Test
    void rotated_signsWithTheNextKey_andStillChecksWhatTheLastOneSigned() {
        HmacMount mount = mount(Map.of("keys", "shared", "session_ttl", "1h"));
        Answer signed = root.write(mount.path() + "/sign/web", Map.of("input", base64(INPUT)))
                .ok();
        List<String> known = List.copyOf(mount.keys().keySet());
        Answer rotated = mount.rotate(Map.of());
        assertTrue(known.contains(rotated.data("key_id")), "the next key was published before it signed");
        assertFalse(rotated.data("key_id").equals(signed.data("key_id")));
        assertEquals(List.of("verify_only", "current", "next"), mount.states());
        Map<String, String> asked = Map.of("input", base64(INPUT), "hmac", signed.data("hmac"));
        assertTrue(valid(mount, asked));
        mount.rotate(Map.of("retire", signed.data("key_id")));
        assertFalse(valid(mount, asked));
    }

    @Test
    void sign_isWhatTheKeysHolderWouldMakeOfIt() throws Exception {
        HmacMount mount = mount(Map.of("algorithm", "sha512"));
        Answer creds = creds(mount);
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(creds.data("key")), "HmacSHA512"));
        assertEquals(
                base64(mac.doFinal(INPUT)),
                sign(mount, creds.data("key_id")).ok().data("hmac"));
    }

    @Test
    void whatIsWrong_is400_namingTheField() {
        HmacMount mount = mount(Map.of());
        String path = mount.path();
        assertSays("overlap", root.write(path + "/roles/bad", Map.of("session_ttl", "2h", "overlap", "1h")));
        assertSays("key_bits", root.write(path + "/roles/bad", Map.of("key_bits", 64)));
        assertSays("algorithm", root.write(path + "/roles/bad", Map.of("algorithm", "md5")));
        assertSays("input", root.write(path + "/sign/web", Map.of("input", "?", "key_id", "k1")));
        assertSays("input", root.write(path + "/sign/web", Map.of()));
        assertSays("key_id", root.write(path + "/sign/web", Map.of("input", "")));
        assertSays("none", root.read(path + "/creds/none"));
    }

    @Test
    void retire_ofAKeyThatIsNotThere_is400_andRetiresNothing() {
        HmacMount shared = mount(Map.of("keys", "shared"));
        Set<String> before = shared.keys().keySet();
        for (String id : List.of("", "s000000000000", "k1")) {
            assertSays("retire", root.write(shared.path() + "/rotate/web", Map.of("retire", id)));
        }
        assertEquals(before, shared.keys().keySet());
    }

    @Test
    void role_thatIsMadeAgain_hasNoneOfTheKeysThatItsDeletionRetired() {
        HmacMount own = mount(Map.of());
        String before = creds(own).data("key_id");
        root.delete(own.path() + "/roles/web");
        assertEquals(404, root.read(own.path() + "/keyset/web").status());
        root.write(own.path() + "/roles/web", Map.of("session_ttl", "1h")).ok();
        assertTrue(own.keys().isEmpty());
        assertEquals(400, sign(own, before).status());
        String after = creds(own).data("key_id");
        assertEquals(Set.of(after), own.keys().keySet());
        root.write(own.path() + "/roles/web", Map.of("session_ttl", "2h")).ok();
        assertEquals(Set.of(after), own.keys().keySet());
    }

    @Test
    void code_isValidInOneSpellingOnly() {
        HmacMount shared = mount(Map.of("keys", "shared"));
        String code = root.write(shared.path() + "/sign/web", Map.of("input", base64(INPUT)))
                .ok()
                .data("hmac");
        char last = code.charAt(code.length() - 2);
        for (String other : List.of(
                code.replace("=", ""), code.substring(0, code.length() - 2) + (char) (last + 1) + "=", code + "\n")) {
            assertSays(
                    "hmac", root.write(shared.path() + "/verify/web", Map.of("input", base64(INPUT), "hmac", other)));
        }
    }

    @Test
    void verify_ofALongInput_byManyKeys_asksForTheKey() {
        HmacMount own = mount(Map.of());
        String input = base64(new byte[700_000]);
        String id = "";
        for (int i = 0; i < 26; i++) {
            id = creds(own).data("key_id");
        }
        Map<String, String> asked = Map.of("input", input, "hmac", base64(new byte[32]));
        assertSays("key_id", root.write(own.path() + "/verify/web", asked));
        assertFalse(valid(own, Map.of("input", input, "hmac", base64(new byte[32]), "key_id", id)));
    }

    @Test
    void sessions_thatBecomeLonger_areCoveredByTheSharedKeysAtOnce() {
        HmacMount shared = mount(Map.of("keys", "shared", "ttl", "10m", "session_ttl", "1h"));
        root.write(shared.path() + "/roles/web", Map.of("keys", "shared", "ttl", "10m", "session_ttl", "48h"))
                .ok();
        shared.keys()
                .values()
                .forEach(key -> assertTrue(
                        Duration.between(
                                                Instant.parse(
                                                        key.path("expires_at").asText()),
                                                Instant.parse(
                                                        key.path("verify_until").asText()))
                                        .compareTo(Duration.ofDays(2))
                                >= 0,
                        key.path("kid").asText()));
    }

    private static void assertSays(String field, Answer answer) {
        assertEquals(400, answer.status());
        assertTrue(answer.errors().contains(field), answer.errors());
    }

    @Test
    void keys_areThereAgainAfterARestart() {
        HmacMount own = mount(Map.of());
        HmacMount shared = mount(Map.of("keys", "shared"));
        Answer creds = creds(own);
        String before = own.keyset().data("version") + shared.keyset().data("version");
        broker.process().kill();
        broker.process().start();
        assertEquals(before, own.keyset().data("version") + shared.keyset().data("version"));
        assertEquals(204, own.revoke(creds).status());
        assertTrue(own.keys().isEmpty());
    }
}
