package io.daypass.broker.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.daypass.broker.seal.Barrier;
import io.daypass.broker.seal.SealedEntries;
import io.daypass.entry.EntryStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The password policies: the entries of {@code sys/policies/password}. */
public final class PasswordPolicies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SealedEntries<PasswordPolicy> held;

    /**
     * @param entries where they are kept
     * @param barrier that seals them
     */
    public PasswordPolicies(EntryStore entries, Barrier barrier) {
        this.held = new SealedEntries<>(
                entries, barrier, "password-policy/", PasswordPolicies::bytes, (name, bytes) -> policy(bytes));
    }

    /** Reads all of them. For when the barrier has been opened. */
    public Future<Void> load() {
        return held.load();
    }

    /** Forgets all of them. For when it is sealed. */
    public void forget() {
        held.forget();
    }

    /** The policy of that name. */
    public Optional<PasswordPolicy> find(String name) {
        return held.find(name);
    }

    /** Their names, in order. */
    public List<String> names() {
        return List.copyOf(held.names());
    }

    /** Puts a policy in force. */
    public Future<Void> write(String name, PasswordPolicy policy) {
        return held.write(name, policy);
    }

    /** Removes a policy. */
    public Future<Void> remove(String name) {
        return held.remove(name);
    }

    private static byte[] bytes(PasswordPolicy policy) {
        return JSON.createObjectNode()
                .put("length", policy.length())
                .put("alphabet", policy.alphabet())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static PasswordPolicy policy(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new PasswordPolicy(
                    json.path("length").asInt(), json.path("alphabet").asText());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a password policy is no JSON", unreadable);
        }
    }
}
