package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Static roles and the broker's own login, as clients and operators see them. */
@ExtendWith(World.Extension.class)
final class RotationIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> SHAPE =
            List.of("last_vault_rotation", "password", "rotation_period", "rotation_under_way", "ttl", "username");

    private RunningBroker broker;
    private Shop shop;
    private Relay relay;
    private DatabaseMount mount;
    private RotationTarget target;
    private String user;

    @BeforeEach
    void mount(World world) throws IOException, SQLException {
        broker = world.broker();
        shop = world.shop();
        relay = new Relay(shop.server().port());
        mount = DatabaseMount.of(broker.root(), shop, relay);
        target = RotationTarget.of(shop);
        user = shop.name() + "_app";
        target.make(user);
    }

    @AfterEach
    void heal() {
        relay.close();
    }

    @Test
    void staticRole_isRotatedAsItIsWritten_readAndRotatedAgain() {
        assertEquals(204, write("app", Map.of()).status());
        Answer creds = creds("app").ok();
        assertEquals(SHAPE, names(creds.data()));
        assertTrue(creds.data().path("ttl").asInt() > 86_300, creds::toString);
        assertEquals(86_400, creds.data().path("rotation_period").asInt());
        assertFalse(Instant.parse(creds.data("last_vault_rotation"))
                .isBefore(Instant.now().minusSeconds(60)));
        assertTrue(creds.leaseId().isEmpty());
        assertTrue(creds.headers().firstValue("Cache-Control").orElse("").contains("no-store"));
        assertTrue(target.letsIn(user, creds.data("password")));

        assertEquals(
                204,
                mount.api().put(mount.path() + "/rotate-role/app", Map.of()).status());
        assertFalse(target.letsIn(user, creds.data("password")));
        assertTrue(target.letsIn(user, creds("app").ok().data("password")));
        assertEquals(
                "app",
                mount.api()
                        .list(mount.path() + "/static-roles")
                        .ok()
                        .data()
                        .path("keys")
                        .path(0)
                        .asText());
        JsonNode shown =
                mount.api().read(mount.path() + "/static-roles/app").ok().data();
        assertFalse(shown.toString().contains(creds("app").data("password")));
    }

    @Test
    void staticRole_thatIsDeleted_leavesThePassword_andSaysSo() {
        write("app", Map.of()).ok();
        String password = creds("app").ok().data("password");
        Answer deleted = mount.api().delete(mount.path() + "/static-roles/app");
        assertEquals(200, deleted.status());
        assertTrue(deleted.warnings().contains("keeps the password"), deleted.warnings());
        assertTrue(target.letsIn(user, password));
        assertEquals(400, creds("app").status());
    }

    @Test
    void staticRole_writtenWhileItsTargetIsDown_isAcceptedWithAWarning_andFollows() {
        relay.refuse();
        Answer written = write("app", Map.of());
        assertEquals(200, written.status(), written::toString);
        assertTrue(written.warnings().contains("tried again"), written.warnings());
        assertEquals(502, creds("app").status());
        JsonNode shown =
                mount.api().read(mount.path() + "/static-roles/app").ok().data();
        assertTrue(shown.path("last_error").asText().contains("can't be reached"), shown::toString);
        assertEquals(1.0, failing());
        relay.release();
        Await.until(SOON, "the rotation follows", () -> creds("app").isOk());
        assertTrue(target.letsIn(user, creds("app").data("password")));
        assertEquals(0.0, failing());
    }

    @Test
    void staticRole_thatCantBe_is400_namingTheField() {
        assertSays("rotation_period", write("app", Map.of("rotation_period", "1s")));
        assertSays("rotation_schedule", schedule("0 0 30 2 *"));
        assertSays("rotation_schedule", schedule("0 0 0 * * *"));
        assertSays("rotate-root/shop", write("app", Map.of("username", shop.login())));
        assertSays("{{password}}", write("app", Map.of("rotation_statements", "ALTER ROLE x PASSWORD 'fixed'")));
        assertSays("COMMIT", write("app", Map.of("rotation_statements", "COMMIT; SELECT '{{password}}'")));
        write("app", Map.of()).ok();
        assertSays("already", write("twin", Map.of()));
        assertEquals(204, schedule("30 4 * * SUN").status());
        JsonNode scheduled = creds("app").ok().data();
        assertEquals("30 4 * * SUN", scheduled.path("rotation_schedule").asText());
        assertEquals(3600, scheduled.path("rotation_window").asInt());
    }

    @Test
    void staticRole_whoseStatementsLockItsUserOut_keepsItsPassword_andSaysWhy() {
        write("app", Map.of()).ok();
        String password = creds("app").ok().data("password");
        write("app", Map.of("rotation_statements", "ALTER ROLE \"{{name}}\" NOLOGIN PASSWORD '{{password}}'"))
                .ok();
        assertSays("NOLOGIN", mount.api().put(mount.path() + "/rotate-role/app", Map.of()));
        assertTrue(target.letsIn(user, password));
        assertEquals(password, creds("app").ok().data("password"));
        write("app", Map.of("rotation_statements", List.of())).ok();
        assertTrue(target.letsIn(user, creds("app").ok().data("password")));
    }

    @Test
    void root_isRotatedByOneCommand_andItsPasswordIsNobodyElses() throws Exception {
        Answer before = mount.creds().ok();
        assertEquals(
                204,
                mount.api().put(mount.path() + "/rotate-root/shop", Map.of()).status());
        assertFalse(target.letsIn(shop.login(), shop.password()));
        Answer after = mount.creds().ok();
        assertTrue(target.letsIn(after.data("username"), after.data("password")));
        mount.revoke(before);
        mount.revoke(after);
        mount.settles(SOON);
        Answer shown = mount.api().read(mount.path() + "/config/shop").ok();
        assertTrue(shown.data().has("last_root_rotation"));
        Answer overwritten = mount.api()
                .write(
                        mount.path() + "/config/shop",
                        Map.of("password", "a-guess-of-the-operators", "verify_connection", false));
        assertFalse(overwritten.isOk(), overwritten::toString);
        mount.revoke(mount.creds().ok());
        assertEquals(List.of(), broker.leaks());
    }

    @Test
    void root_whoseStatementsLockTheBrokerOut_isLeftAsItWas() {
        for (String statements : List.of(
                "ALTER ROLE \"{{name}}\" NOLOGIN PASSWORD '{{password}}'",
                "ALTER ROLE \"{{name}}\" PASSWORD '{{password}}'; ALTER ROLE \"{{name}}\" PASSWORD 'another'")) {
            mount.api()
                    .write(mount.path() + "/config/shop", Map.of("root_rotation_statements", statements))
                    .ok();
            Answer refused = mount.api().put(mount.path() + "/rotate-root/shop", Map.of());
            assertEquals(400, refused.status(), refused::toString);
            assertTrue(target.letsIn(shop.login(), shop.password()), statements);
            mount.revoke(mount.creds().ok());
        }
    }

    @Test
    void password_isForThoseWhoMayReadIt() {
        write("app", Map.of()).ok();
        assertEquals(
                403,
                broker.with("default").read(mount.path() + "/static-creds/app").status());
        broker.policy("reader-of-app", "path \"" + mount.path() + "/static-creds/app\" { capabilities = [\"read\"] }");
        assertTrue(broker.with("reader-of-app")
                .read(mount.path() + "/static-creds/app")
                .isOk());
        assertEquals(
                403,
                broker.with("reader-of-app")
                        .put(mount.path() + "/rotate-role/app", Map.of())
                        .status());
    }

    private Answer schedule(String expression) {
        Map<String, Object> body = new HashMap<>();
        body.put("rotation_period", null);
        body.put("rotation_schedule", expression);
        body.put("rotation_window", "1h");
        return write("app", body);
    }

    private Answer write(String name, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>();
        body.put("db_name", "shop");
        body.put("username", user);
        body.put("rotation_period", "24h");
        body.putAll(more);
        return mount.api().write(mount.path() + "/static-roles/" + name, body);
    }

    private Answer creds(String name) {
        return mount.api().read(mount.path() + "/static-creds/" + name);
    }

    private double failing() {
        String id = mount.api()
                .read("sys/mounts")
                .ok()
                .data()
                .path(mount.path() + "/")
                .path("accessor")
                .asText();
        String text = mount.api()
                .exchange(
                        mount.api()
                                .request("sys/metrics?format=prometheus")
                                .GET()
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(line -> line.startsWith("daypass_target_rotations_failing{"))
                .filter(line -> line.contains("mount=\"" + id + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void assertSays(String text, Answer answer) {
        assertEquals(400, answer.status(), answer::toString);
        assertTrue(answer.errors().contains(text), answer::errors);
    }

    private static List<String> names(JsonNode data) {
        List<String> names = new ArrayList<>();
        data.fieldNames().forEachRemaining(names::add);
        return names.stream().sorted().toList();
    }
}
