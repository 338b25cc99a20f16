package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.vault.VaultException;
import org.springframework.vault.authentication.LifecycleAwareSessionManager;
import org.springframework.vault.authentication.SimpleSessionManager;
import org.springframework.vault.authentication.TokenAuthentication;
import org.springframework.vault.client.VaultClients;
import org.springframework.vault.client.VaultEndpoint;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.core.lease.SecretLeaseContainer;
import org.springframework.vault.core.lease.domain.RequestedSecret;
import org.springframework.vault.core.lease.event.SecretLeaseCreatedEvent;
import org.springframework.vault.support.Policy;
import org.springframework.vault.support.VaultResponse;
import org.springframework.vault.support.VaultToken;
import org.springframework.vault.support.VaultTokenRequest;
import org.springframework.vault.support.VaultTokenResponse;

/** Spring Vault as it is, against a broker. */
@ExtendWith(World.Extension.class)
final class SpringVaultIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private RunningBroker broker;
    private DatabaseMount mount;
    private VaultTemplate vault;

    @BeforeEach
    void connect(World world) throws Exception {
        broker = world.broker();
        mount = DatabaseMount.of(broker.root(), world.shop());
        vault = template(broker.root().token());
        scheduler.initialize();
    }

    @AfterEach
    void stop() {
        scheduler.shutdown();
    }

    @Test
    void creds_areRead_used_andRevoked() throws Exception {
        VaultResponse lease = vault.read(mount.path() + "/creds/reader");
        assertNotNull(lease);
        assertTrue(lease.isRenewable());
        assertTrue(lease.getLeaseDuration() > 3500);
        String user = text(lease, "username");
        broker.secrets().add(text(lease, "password"));
        try (Connection session = mount.shop().server().connect(mount.shop().name(), user, text(lease, "password"))) {
            assertEquals(3, Shop.read(session));
        }
        vault.write("sys/leases/revoke", Map.of("lease_id", lease.getLeaseId()));
        assertFalse(mount.shop().knows(user));
    }

    /** What Spring Cloud Vault does for an application: ask, renew, ask again at the end of its time, revoke. */
    @Test
    void leaseContainer_asks_renews_rotates_andRevokes() throws Exception {
        mount.role("brief", "4s", "8s");
        List<SecretLeaseCreatedEvent> created = new CopyOnWriteArrayList<>();
        List<Exception> errors = new CopyOnWriteArrayList<>();
        SecretLeaseContainer container = new SecretLeaseContainer(vault, scheduler);
        container.setMinRenewal(Duration.ofSeconds(1));
        container.setExpiryThreshold(Duration.ofSeconds(2));
        container.addLeaseListener(event -> {
            if (event instanceof SecretLeaseCreatedEvent one) {
                created.add(one);
            }
        });
        container.addErrorListener((event, failure) -> errors.add(failure));
        container.addRequestedSecret(RequestedSecret.rotating(mount.path() + "/creds/brief"));
        container.afterPropertiesSet();
        container.start();
        Await.until(SOON, () -> "a first lease; errors " + errors, () -> created.size() == 1);
        broker.secrets().add(String.valueOf(created.get(0).getSecrets().get("password")));
        Await.until(SOON, () -> "and at its end another; errors " + errors, () -> created.size() == 2);
        broker.secrets().add(String.valueOf(created.get(1).getSecrets().get("password")));
        String user = String.valueOf(created.get(1).getSecrets().get("username"));
        assertTrue(mount.shop().knows(user));
        container.destroy();
        Await.until(SOON, "the last one is revoked", () -> !mount.shop().knows(user));
        assertTrue(errors.isEmpty(), errors::toString);
    }

    @Test
    void sessionManager_looksItsTokenUp_renews_andRevokesIt() {
        VaultTokenResponse made = vault.opsForToken()
                .create(VaultTokenRequest.builder()
                        .policies(List.of("default"))
                        .ttl(Duration.ofMinutes(10))
                        .renewable()
                        .build());
        VaultToken token = made.getToken();
        broker.secrets().add(token.getToken());
        LifecycleAwareSessionManager sessions = new LifecycleAwareSessionManager(
                new TokenAuthentication(token),
                scheduler,
                VaultClients.createRestTemplate(endpoint(), new JdkClientHttpRequestFactory()));
        sessions.getSessionToken();
        assertTrue(sessions.renewToken());
        sessions.revoke();
        vault.opsForToken().revoke(token);
        VaultException denied = assertThrows(
                VaultException.class, () -> template(token.getToken()).read("auth/token/lookup-self"));
        assertTrue(denied.getMessage().contains("403"), denied.getMessage());
    }

    @Test
    void tokens_areCreated_renewed_andRevoked() {
        VaultTokenResponse made = vault.opsForToken().create();
        broker.secrets().add(made.getToken().getToken());
        vault.opsForToken().revoke(made.getToken());
        assertThrows(
                VaultException.class, () -> template(made.getToken().getToken()).read("auth/token/lookup-self"));
    }

    @Test
    void sys_isAsItExpects() {
        assertTrue(vault.opsForSys().isInitialized());
        assertFalse(vault.opsForSys().health().isSealed());
        assertFalse(vault.opsForSys().getUnsealStatus().isSealed());
        assertTrue(vault.opsForSys().getMounts().containsKey(mount.path() + "/"));
        String name = "spring-" + mount.path();
        vault.opsForSys()
                .createOrUpdatePolicy(
                        name,
                        Policy.of(Policy.Rule.builder()
                                .path(mount.path() + "/creds/*")
                                .capability(Policy.BuiltinCapabilities.READ)
                                .build()));
        assertTrue(vault.opsForSys().getPolicyNames().contains(name));
        vault.opsForSys().deletePolicy(name);
    }

    @Test
    void missing_isNull_andErrorsHaveTheirText() {
        assertNull(vault.read(mount.path() + "/config/nowhere"));
        VaultException refused =
                assertThrows(VaultException.class, () -> vault.read(mount.path() + "/creds/nobody-knows"));
        assertTrue(refused.getMessage().contains("nobody-knows"), refused.getMessage());
        VaultException denied = assertThrows(
                VaultException.class,
                () -> template(broker.with("default").token()).read(mount.path() + "/creds/reader"));
        assertTrue(denied.getMessage().contains("permission denied"), denied.getMessage());
    }

    private static String text(VaultResponse lease, String name) {
        Map<String, Object> data = lease.getData();
        return data == null ? "" : String.valueOf(data.get(name));
    }

    private VaultEndpoint endpoint() {
        return VaultEndpoint.from(broker.root().address());
    }

    private VaultTemplate template(String token) {
        return new VaultTemplate(
                endpoint(),
                new JdkClientHttpRequestFactory(),
                new SimpleSessionManager(new TokenAuthentication(token)));
    }
}
