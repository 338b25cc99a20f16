package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.DatabaseResponse;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.github.jopenlibs.vault.response.LookupResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** vault-java-driver as it is, against a broker. */
@ExtendWith(World.Extension.class)
final class VaultDriverIT {
    private RunningBroker broker;
    private DatabaseMount mount;
    private Vault vault;

    @BeforeEach
    void connect(World world) throws Exception {
        broker = world.broker();
        mount = DatabaseMount.of(broker.root(), world.shop());
        vault = vault(broker.root().token());
    }

    @Test
    void creds_areRead_used_renewed_andRevoked() throws Exception {
        DatabaseResponse lease = vault.database(mount.path()).creds("reader");
        assertTrue(lease.getLeaseId().startsWith(mount.path() + "/creds/reader/"));
        assertTrue(lease.getRenewable());
        assertTrue(lease.getLeaseDuration() > 3500);
        String user = lease.getCredential().getUsername();
        broker.secrets().add(lease.getCredential().getPassword());
        try (Connection session = mount.shop()
                .server()
                .connect(mount.shop().name(), user, lease.getCredential().getPassword())) {
            assertEquals(3, Shop.read(session));
        }
        assertEquals(
                200,
                vault.sys().leases().renew(lease.getLeaseId(), 7200).getRestResponse().getStatus());
        vault.sys().leases().revoke(lease.getLeaseId());
        assertFalse(mount.shop().knows(user));
    }

    @Test
    void logicalRead_hasTheLease() throws Exception {
        LogicalResponse read = vault.logical().read(mount.path() + "/creds/reader");
        broker.secrets().add(read.getData().get("password"));
        assertFalse(read.getLeaseId().isEmpty());
        vault.sys().leases().revokePrefix(mount.path() + "/creds");
        Await.until(Duration.ofSeconds(10), "all are gone", () -> mount.shop().users().isEmpty());
    }

    @Test
    void renewal_ofADeadLease_is400() throws Exception {
        LogicalResponse read = vault.logical().read(mount.path() + "/creds/reader");
        broker.secrets().add(read.getData().get("password"));
        vault.sys().leases().revoke(read.getLeaseId());
        VaultException refused =
                assertThrows(VaultException.class, () -> vault.sys().leases().renew(read.getLeaseId(), 10));
        assertEquals(400, refused.getHttpStatusCode());
        vault.sys().leases().revoke(read.getLeaseId());
    }

    @Test
    void token_isCreated_lookedUp_renewed_andRevoked() throws Exception {
        AuthResponse made = vault.auth()
                .createToken(new Auth.TokenRequest()
                        .polices(List.of("default"))
                        .ttl("10m")
                        .displayName("driver"));
        String token = made.getAuthClientToken();
        broker.secrets().add(token);
        Vault own = vault(token);
        LookupResponse looked = own.auth().lookupSelf();
        assertTrue(looked.getTTL() > 500);
        assertTrue(looked.isRenewable());
        assertTrue(looked.getPolicies().contains("default"));
        assertTrue(own.auth().renewSelf(1200).getAuthLeaseDuration() > 600);
        own.auth().revokeSelf();
        VaultException refused = assertThrows(VaultException.class, () -> own.auth().lookupSelf());
        assertEquals(403, refused.getHttpStatusCode());
    }

    @Test
    void health_isReady() throws Exception {
        assertEquals(200, vault.debug().health().getRestResponse().getStatus());
        assertTrue(vault.debug().health().getInitialized());
        assertFalse(vault.debug().health().getSealed());
        assertFalse(vault.sys().seal().sealStatus().getSealed());
    }

    @Test
    void missing_isA404_andDenied_a403() throws Exception {
        assertEquals(
                404,
                vault.logical()
                        .read(mount.path() + "/config/nowhere")
                        .getRestResponse()
                        .getStatus());
        Vault stranger = vault(broker.with("default").token());
        VaultException denied =
                assertThrows(VaultException.class, () -> stranger.logical().read(mount.path() + "/creds/reader"));
        assertEquals(403, denied.getHttpStatusCode());
    }

    @Test
    void mounts_areListed() throws Exception {
        assertTrue(vault.sys().mounts().list().getMounts().containsKey(mount.path() + "/"));
    }

    private Vault vault(String token) throws VaultException {
        return Vault.create(
                new VaultConfig()
                        .address(broker.root().address().toString())
                        .token(token)
                        .openTimeout(10)
                        .readTimeout(60)
                        .build(),
                1);
    }
}
