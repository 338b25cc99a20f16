package io.daypass.dist;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.embedded.Relay;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database engine mounted for one test, with one connection {@code shop} and one role {@code reader}.
 *
 * @param api as whoever made it
 * @param path where it is mounted
 * @param shop what its connection leads to
 */
record DatabaseMount(Api api, String path, Shop shop) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Mounts one whose connection goes straight to the server. */
    static DatabaseMount of(Api api, Shop shop) {
        return of(api, shop, shop.server().port());
    }

    /** Mounts one whose connection goes through a relay. */
    static DatabaseMount of(Api api, Shop shop, Relay relay) {
        return of(api, shop, relay.port());
    }

    private static DatabaseMount of(Api api, Shop shop, int port) {
        DatabaseMount mount = new DatabaseMount(api, "db" + COUNT.incrementAndGet(), shop);
        api.write("sys/mounts/" + mount.path, Map.of("type", "database")).ok();
        api.write(mount.path + "/config/shop", shop.connection(port)).ok();
        mount.role("reader", "1h", "24h");
        return mount;
    }

    /** Writes a role that makes readers. */
    void role(String name, String ttl, String maxTtl) {
        api.write(path + "/roles/" + name, shop.role("shop", ttl, maxTtl)).ok();
    }

    /** Writes a role with SQL of its own. */
    Answer roleOf(String name, String creation, Map<String, ?> more) {
        Map<String, Object> role = new HashMap<>(shop.role("shop", "1h", "24h"));
        role.put("creation_statements", creation);
        role.putAll(more);
        return api.write(path + "/roles/" + name, role);
    }

    /** Asks for a lease of {@code reader}. */
    Answer creds() {
        return api.read(path + "/creds/reader");
    }

    /** Its rows in a state, or in all of them if that is empty. */
    JsonNode rows(String state) {
        return book().rows(state);
    }

    /** Ends a lease, and expects that it worked. */
    void revoke(Answer lease) {
        book().revoke(lease).ok();
    }

    /**
     * Waits until nothing is under way, and then holds the books against the target: as many users as active leases.
     *
     * @param atMost how long to wait for rows that are pending, or being revoked
     */
    void settles(Duration atMost) {
        book().settles(atMost, shop::users);
    }

    private LeaseBook book() {
        return new LeaseBook(api, path);
    }
}
